/** What these tests read of Kubernetes objects. Everything may be missing: that is what the rules look for. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Labels };
  spec?: unknown;
  data?: Record<string, string>;
  automountServiceAccountToken?: boolean;
}

export type Labels = Record<string, string>;

export interface Selector {
  matchLabels?: Labels;
  matchExpressions?: { key: string; operator: string; values?: string[] }[];
}

export interface SecurityContext {
  runAsNonRoot?: boolean;
  runAsUser?: number;
  runAsGroup?: number;
  allowPrivilegeEscalation?: boolean;
  privileged?: boolean;
  readOnlyRootFilesystem?: boolean;
  capabilities?: { drop?: string[]; add?: string[] };
  seccompProfile?: { type?: string };
  procMount?: string;
  seLinuxOptions?: object;
  appArmorProfile?: { type?: string };
  sysctls?: object[];
  windowsOptions?: { hostProcess?: boolean };
}

export interface Probe {
  httpGet?: { path?: string; port: string | number };
  tcpSocket?: { port: string | number };
  exec?: { command?: string[] };
}

export interface EnvironmentVariable {
  name: string;
  value?: string;
  valueFrom?: { secretKeyRef?: object; configMapKeyRef?: object; fieldRef?: object };
}

export interface Container {
  name: string;
  image: string;
  imagePullPolicy?: string;
  args?: string[];
  env?: EnvironmentVariable[];
  envFrom?: { configMapRef?: { name: string }; secretRef?: { name: string } }[];
  ports?: { name?: string; containerPort: number; hostPort?: number }[];
  startupProbe?: Probe;
  readinessProbe?: Probe;
  livenessProbe?: Probe;
  lifecycle?: { preStop?: { sleep?: { seconds: number }; exec?: object } };
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  securityContext?: SecurityContext;
  volumeMounts?: { name: string; mountPath: string }[];
}

export interface SecretSource {
  name?: string;
  secretName?: string;
  optional?: boolean;
  items?: { key: string; path: string }[];
}

export interface Volume {
  name: string;
  emptyDir?: { sizeLimit?: string };
  hostPath?: object;
  secret?: SecretSource;
  configMap?: { name: string };
  projected?: { sources: { secret?: SecretSource; configMap?: { name: string } }[] };
}

export interface SpreadConstraint {
  topologyKey: string;
  labelSelector?: Selector;
}

interface AffinityTerm {
  topologyKey: string;
  labelSelector?: Selector;
}

export interface PodSpec {
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  enableServiceLinks?: boolean;
  hostNetwork?: boolean;
  hostPID?: boolean;
  hostIPC?: boolean;
  hostAliases?: object[];
  shareProcessNamespace?: boolean;
  restartPolicy?: string;
  terminationGracePeriodSeconds?: number;
  securityContext?: SecurityContext;
  affinity?: {
    podAntiAffinity?: {
      preferredDuringSchedulingIgnoredDuringExecution?: { podAffinityTerm: AffinityTerm }[];
      requiredDuringSchedulingIgnoredDuringExecution?: AffinityTerm[];
    };
  };
  topologySpreadConstraints?: SpreadConstraint[];
  initContainers?: Container[];
  containers: Container[];
  volumes?: Volume[];
}

export interface WorkloadSpec {
  replicas?: number;
  serviceName?: string;
  selector?: Selector;
  strategy?: {
    type?: string;
    rollingUpdate?: { maxUnavailable?: number | string; maxSurge?: number | string };
  };
  activeDeadlineSeconds?: number;
  backoffLimit?: number;
  template: { metadata: { labels: Labels }; spec: PodSpec };
  volumeClaimTemplates?: { metadata: { name: string } }[];
}

/** Something that makes pods, and the pods it makes. */
export interface Workload {
  object: KubernetesObject;
  name: string;
  kind: string;
  labels: Labels;
  spec: WorkloadSpec;
  pod: PodSpec;
}

const workloadKinds = new Set(['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob']);
const endingKinds = new Set(['Job', 'CronJob']);

export function workloads(objects: readonly KubernetesObject[]): Workload[] {
  return objects
    .filter((object) => workloadKinds.has(object.kind))
    .map((object) => {
      const spec = specOf(object);
      const { kind, metadata } = object;
      return {
        object,
        kind,
        name: metadata.name,
        labels: spec.template.metadata.labels,
        spec,
        pod: spec.template.spec,
      };
    });
}

/** A CronJob wraps the Job that it makes. */
function specOf({ kind, spec }: KubernetesObject): WorkloadSpec {
  return kind === 'CronJob'
    ? (spec as { jobTemplate: { spec: WorkloadSpec } }).jobTemplate.spec
    : (spec as WorkloadSpec);
}

/** Those that run until they are stopped. */
export function longRunning(objects: readonly KubernetesObject[]): Workload[] {
  return workloads(objects).filter((workload) => !endingKinds.has(workload.kind));
}

/** Those that run to their end. */
export function ending(objects: readonly KubernetesObject[]): Workload[] {
  return workloads(objects).filter((workload) => endingKinds.has(workload.kind));
}

export function ofKind(objects: readonly KubernetesObject[], ...kinds: string[]): KubernetesObject[] {
  return objects.filter((object) => kinds.includes(object.kind));
}

export function containersOf(pod: PodSpec): Container[] {
  return [...(pod.initContainers ?? []), ...pod.containers];
}

/** Whether a label selector picks what carries these labels; an empty one picks everything. */
export function selects(selector: Selector | undefined, labels: Labels): boolean {
  if (selector === undefined) return false;
  const equal = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return equal && (selector.matchExpressions ?? []).every((expression) => holds(expression, labels));
}

function holds(expression: { key: string; operator: string; values?: string[] }, labels: Labels): boolean {
  const value = labels[expression.key];
  switch (expression.operator) {
    case 'In':
      return value !== undefined && (expression.values ?? []).includes(value);
    case 'NotIn':
      return value === undefined || !(expression.values ?? []).includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    default:
      throw new Error(`Unknown operator ${expression.operator}`);
  }
}

/** The container port that a number or a name means, if the container has it. */
export function portOf(container: Container, port: string | number | undefined): number | undefined {
  return container.ports?.find((one) => one.name === port || one.containerPort === port)?.containerPort;
}
