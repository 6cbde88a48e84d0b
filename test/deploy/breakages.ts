import type { KubernetesObject } from './objects.js';

/** One way to break one rule: a field of one object gets another value, or none. */
export interface Breakage {
  /** The id of one of our own rules, or a word for what a scanner or the API server finds. */
  rule: string;
  /** What finds it: one of our own rules, if not said. */
  by?: 'kubeconform' | 'kube-score' | 'API server';
  /** The first minor version of Kubernetes 1 whose API server keeps the field: an older one drops it, and there is nothing to refuse. */
  since?: number;
  /** `Kind name`; names that end in a hash are found without it. */
  object: string;
  /** Fields and positions, from the top of the object; the whole object where it is empty. */
  path: (string | number)[];
  value?: unknown;
  /** Makes the value out of what is there, where it is too long to write down. */
  made?: (objects: readonly KubernetesObject[]) => unknown;
  /** Production, if not said. */
  overlay?: 'production' | 'dev with an Ingress';
}

const pod = ['spec', 'template', 'spec'];
const container = [...pod, 'containers', 0];
const accounts = 'Deployment accounts';
const live = { httpGet: { path: '/health/live', port: 'health' } };
const edgeOnly = { matchLabels: { 'app.kubernetes.io/component': 'edge' } };
const added = (kind: string, apiVersion: string, spec: object) => ({
  apiVersion,
  kind,
  metadata: { name: 'added', namespace: 'waystop' },
  spec,
});

export const breakages: readonly Breakage[] = [
  {
    rule: 'non-root',
    by: 'API server',
    object: accounts,
    path: [...pod, 'securityContext', 'runAsUser'],
    value: 0,
  },
  {
    rule: 'non-root',
    by: 'API server',
    object: 'Job migrate-stops-0-1-0',
    path: [...pod, 'securityContext', 'runAsNonRoot'],
  },
  {
    rule: 'high-user-id',
    by: 'kube-score',
    object: accounts,
    path: [...pod, 'securityContext', 'runAsUser'],
    value: 1_000,
  },
  {
    rule: 'no-privilege-escalation',
    by: 'API server',
    object: accounts,
    path: [...container, 'securityContext', 'allowPrivilegeEscalation'],
  },
  {
    rule: 'not-privileged',
    by: 'kube-score',
    object: accounts,
    path: [...container, 'securityContext', 'privileged'],
    value: true,
  },
  {
    rule: 'no-capabilities',
    by: 'API server',
    object: accounts,
    path: [...container, 'securityContext', 'capabilities', 'drop'],
    value: ['NET_RAW'],
  },
  {
    rule: 'no-capabilities',
    by: 'API server',
    object: accounts,
    path: [...container, 'securityContext', 'capabilities', 'add'],
    value: ['SYS_ADMIN'],
  },
  {
    rule: 'seccomp',
    by: 'API server',
    object: accounts,
    path: [...pod, 'securityContext', 'seccompProfile', 'type'],
    value: 'Unconfined',
  },
  {
    rule: 'read-only-root',
    by: 'kube-score',
    object: 'StatefulSet nats',
    path: [...container, 'securityContext', 'readOnlyRootFilesystem'],
  },
  { rule: 'no-host-access', by: 'API server', object: accounts, path: [...pod, 'hostNetwork'], value: true },
  {
    rule: 'no-host-aliases',
    object: accounts,
    path: [...pod, 'hostAliases'],
    value: [{ ip: '192.0.2.1', hostnames: ['nats'] }],
  },
  {
    rule: 'volume-types',
    by: 'API server',
    object: accounts,
    path: [...pod, 'volumes', 0],
    value: { name: 'tmp', hostPath: { path: '/tmp' } },
  },
  { rule: 'scratch-is-bounded', object: accounts, path: [...pod, 'volumes', 0, 'emptyDir'], value: {} },
  { rule: 'own-processes', object: accounts, path: [...pod, 'shareProcessNamespace'], value: true },
  {
    rule: 'no-sysctls',
    by: 'API server',
    object: accounts,
    path: [...pod, 'securityContext', 'sysctls'],
    value: [{ name: 'kernel.msgmax', value: '1' }],
  },
  {
    rule: 'no-se-linux-options',
    by: 'API server',
    object: accounts,
    path: [...container, 'securityContext', 'seLinuxOptions'],
    value: { type: 'spc_t' },
  },
  {
    rule: 'app-armor-stays',
    by: 'API server',
    object: accounts,
    path: [...container, 'securityContext', 'appArmorProfile'],
    value: { type: 'Unconfined' },
  },
  {
    rule: 'no-host-port',
    by: 'API server',
    object: accounts,
    path: [...container, 'ports', 0, 'hostPort'],
    value: 8081,
  },
  {
    rule: 'no-host-process',
    by: 'API server',
    object: accounts,
    path: [...container, 'securityContext', 'procMount'],
    value: 'Unmasked',
    since: 33,
  },
  { rule: 'own-service-account', by: 'API server', object: accounts, path: [...pod, 'serviceAccountName'] },
  { rule: 'no-token', object: accounts, path: [...pod, 'automountServiceAccountToken'], value: true },
  { rule: 'no-token-by-account', object: 'ServiceAccount accounts', path: ['automountServiceAccountToken'] },
  { rule: 'no-service-links', object: accounts, path: [...pod, 'enableServiceLinks'] },
  {
    rule: 'pinned-image',
    by: 'kube-score',
    object: 'StatefulSet nats',
    path: [...container, 'image'],
    value: 'nats:latest',
  },
  {
    rule: 'pinned-image',
    by: 'kube-score',
    object: 'StatefulSet nats',
    path: [...container, 'image'],
    value: 'nats',
  },
  {
    rule: 'pull-policy',
    by: 'kube-score',
    object: accounts,
    path: [...container, 'imagePullPolicy'],
    value: 'IfNotPresent',
  },
  {
    rule: 'resources',
    by: 'kube-score',
    object: accounts,
    path: [...container, 'resources', 'limits', 'memory'],
  },
  {
    rule: 'requests-within-limits',
    by: 'API server',
    object: accounts,
    path: [...container, 'resources', 'requests', 'memory'],
    value: '4Gi',
  },
  {
    rule: 'no-rights',
    object: 'Role added',
    path: [],
    value: added('Role', 'rbac.authorization.k8s.io/v1', {}),
  },

  { rule: 'three-probes', object: accounts, path: [...container, 'startupProbe'] },
  {
    rule: 'probes-differ',
    by: 'kube-score',
    object: accounts,
    path: [...container, 'readinessProbe'],
    value: live,
  },
  {
    rule: 'probe-ports',
    object: accounts,
    path: [...container, 'livenessProbe', 'httpGet', 'port'],
    value: 'helth',
  },
  {
    rule: 'liveness-alone',
    object: 'Deployment gateway',
    path: [...container, 'livenessProbe', 'httpGet', 'path'],
    value: '/health/ready',
  },
  { rule: 'drain-fits', object: accounts, path: [...pod, 'terminationGracePeriodSeconds'], value: 6 },
  { rule: 'drain-fits', object: accounts, path: [...container, 'lifecycle'] },
  {
    rule: 'no-gap-in-rollout',
    object: accounts,
    path: ['spec', 'strategy', 'rollingUpdate', 'maxUnavailable'],
    value: 1,
  },
  {
    rule: 'selects-own-pods',
    by: 'kube-score',
    object: accounts,
    path: ['spec', 'selector', 'matchLabels'],
    value: { app: 'accounts' },
  },
  {
    rule: 'selects-no-others',
    object: accounts,
    path: ['spec', 'selector', 'matchLabels'],
    value: { 'app.kubernetes.io/part-of': 'waystop' },
  },
  {
    rule: 'several',
    by: 'kube-score',
    object: 'HorizontalPodAutoscaler accounts',
    path: ['spec', 'minReplicas'],
    value: 1,
  },
  { rule: 'spread', object: accounts, path: [...pod, 'topologySpreadConstraints'] },
  { rule: 'spread', object: accounts, path: [...pod, 'affinity'] },
  { rule: 'autoscaler-target', by: 'kube-score', object: accounts, path: ['spec', 'replicas'], value: 2 },
  {
    rule: 'autoscaler-target',
    by: 'kube-score',
    object: 'HorizontalPodAutoscaler added',
    path: [],
    value: added('HorizontalPodAutoscaler', 'autoscaling/v2', {
      scaleTargetRef: { kind: 'Deployment', name: 'acounts' },
      maxReplicas: 3,
    }),
  },
  {
    rule: 'autoscaler-has-room',
    object: 'HorizontalPodAutoscaler accounts',
    path: ['spec', 'maxReplicas'],
    value: 3,
  },
  { rule: 'has-disruption-budget', by: 'kube-score', object: 'PodDisruptionBudget accounts', path: [] },
  {
    rule: 'disruption-budget-target',
    object: 'PodDisruptionBudget added',
    path: [],
    value: added('PodDisruptionBudget', 'policy/v1', {
      maxUnavailable: 1,
      selector: { matchLabels: { app: 'acounts' } },
    }),
  },
  {
    rule: 'disruption-budget-leaves-room',
    object: 'PodDisruptionBudget accounts',
    path: ['spec', 'maxUnavailable'],
    value: 0,
  },
  {
    rule: 'disruption-budget-leaves-room',
    object: 'PodDisruptionBudget accounts',
    path: ['spec', 'minAvailable'],
    value: 3,
  },

  {
    rule: 'default-deny',
    object: 'NetworkPolicy default-deny',
    path: ['spec', 'podSelector'],
    value: edgeOnly,
  },
  {
    rule: 'default-deny',
    object: 'NetworkPolicy default-deny',
    path: ['spec', 'policyTypes'],
    value: ['Ingress'],
  },
  {
    rule: 'policy-selects-a-pod',
    by: 'kube-score',
    object: 'NetworkPolicy added',
    path: [],
    value: added('NetworkPolicy', 'networking.k8s.io/v1', {
      podSelector: { matchLabels: { app: 'acounts' } },
      policyTypes: ['Ingress'],
    }),
  },
  {
    rule: 'policy-ports-exist',
    object: 'NetworkPolicy metrics',
    path: ['spec', 'ingress', 0, 'ports', 0, 'port'],
    value: 9999,
  },
  { rule: 'ingress-is-exact', object: 'NetworkPolicy metrics', path: ['spec', 'ingress', 0, 'from'] },
  { rule: 'egress-is-exact', object: 'NetworkPolicy to-dns', path: ['spec', 'egress', 0, 'to'] },
  {
    rule: 'egress-is-let-in',
    object: 'NetworkPolicy nats',
    path: ['spec', 'ingress', 0, 'from'],
    value: [{ podSelector: edgeOnly }],
  },
  {
    rule: 'ingress-is-let-out',
    object: 'NetworkPolicy to-nats',
    path: ['spec', 'podSelector'],
    value: edgeOnly,
  },
  {
    rule: 'names-resolve',
    object: 'NetworkPolicy to-dns',
    path: ['spec', 'egress', 0, 'ports'],
    value: [{ port: 5353 }],
  },

  {
    rule: 'service-hits-pods',
    object: 'Service gateway',
    path: ['spec', 'ports', 0, 'targetPort'],
    value: 'htp',
  },
  {
    rule: 'service-hits-pods',
    object: 'Service nats-headless',
    path: ['spec', 'selector'],
    value: { app: 'nats' },
  },
  {
    rule: 'service-stays-inside',
    by: 'kube-score',
    object: 'Service gateway',
    path: ['spec', 'type'],
    value: 'NodePort',
  },
  {
    rule: 'stateful-set-service',
    by: 'kube-score',
    object: 'StatefulSet nats',
    path: ['spec', 'serviceName'],
    value: 'nats-hedless',
  },
  {
    rule: 'ingress-hits-service',
    by: 'kube-score',
    object: 'Ingress gateway',
    path: ['spec', 'rules', 0, 'http', 'paths', 0, 'backend', 'service', 'port', 'name'],
    value: 'htp',
    overlay: 'dev with an Ingress',
  },
  {
    rule: 'ingress-has-tls',
    object: 'Ingress gateway',
    path: ['spec', 'tls'],
    overlay: 'dev with an Ingress',
  },
  {
    rule: 'route-hits-service',
    object: 'HTTPRoute gateway',
    path: ['spec', 'rules', 0, 'backendRefs', 0, 'port'],
    value: 81,
  },
  {
    rule: 'route-has-parent',
    object: 'HTTPRoute gateway',
    path: ['spec', 'parentRefs', 0, 'sectionName'],
    value: 'htps',
  },
  {
    rule: 'route-host-is-served',
    object: 'HTTPRoute gateway',
    path: ['spec', 'hostnames', 0],
    value: 'other.example.org',
  },
  { rule: 'plain-http-redirects', object: 'HTTPRoute to-https', path: ['spec', 'rules', 0, 'filters'] },
  {
    rule: 'listener-has-certificate',
    object: 'Gateway waystop',
    path: ['spec', 'listeners', 1, 'tls', 'certificateRefs'],
  },

  {
    rule: 'no-secret-in-environment',
    object: accounts,
    path: [...container, 'env', 1],
    value: { name: 'ADMIN_KEY', value: 'x' },
  },
  {
    rule: 'no-secret-in-environment',
    object: accounts,
    path: [...container, 'envFrom', 1],
    value: { secretRef: { name: 'accounts' } },
  },
  {
    rule: 'no-secret-in-config-map',
    object: 'ConfigMap settings',
    path: ['data', 'DATABASE_PASSWORD'],
    value: 'x',
  },
  {
    rule: 'no-secret-in-config-map',
    object: 'ConfigMap settings',
    path: ['data', 'NATS_URL'],
    value: 'nats://me:secret@nats:4222',
  },
  {
    rule: 'config-maps-exist',
    object: accounts,
    path: [...container, 'envFrom', 0, 'configMapRef', 'name'],
    value: 'setings',
  },
  {
    rule: 'secrets-exist',
    object: 'ExternalSecret accounts',
    path: ['spec', 'target', 'template', 'data', 'ADMIN_KEY'],
  },
  {
    rule: 'mounts-exist',
    by: 'API server',
    object: accounts,
    path: [...container, 'volumeMounts', 1, 'name'],
    value: 'tpm',
  },
  {
    rule: 'secret-files-exist',
    object: accounts,
    path: [...container, 'env', 0, 'value'],
    value: '/run/secrets/waystop/DATABASE',
  },
  {
    rule: 'own-secrets',
    object: 'Job migrate-stops-0-1-0',
    path: [...pod, 'volumes', 1, 'projected', 'sources', 0, 'secret', 'name'],
    value: 'sessions-owner',
  },
  {
    rule: 'own-secrets',
    object: 'Deployment stops',
    path: [...pod, 'volumes', 1, 'projected', 'sources', 1, 'secret', 'name'],
    value: 'stops-owner',
  },
  {
    rule: 'cron-job-deadline',
    by: 'kube-score',
    object: 'CronJob added',
    path: [],
    made: (objects) => everyNight(objects, 'migrate-stops-0-1-0'),
  },
  { rule: 'job-ends', object: 'Job migrate-stops-0-1-0', path: ['spec', 'activeDeadlineSeconds'] },
  {
    rule: 'one-version',
    object: accounts,
    path: [...container, 'image'],
    value: 'registry.example.org/waystop:0.0.9',
  },
  {
    rule: 'job-carries-version',
    object: 'Job migrate-stops-0-1-0',
    path: ['metadata', 'name'],
    value: 'migrate-stops',
  },
  {
    rule: 'connections-suffice',
    object: 'HorizontalPodAutoscaler registrations',
    path: ['spec', 'maxReplicas'],
    value: 40,
  },
  { rule: 'brokers-suffice', object: 'StatefulSet nats', path: ['spec', 'replicas'], value: 2 },

  {
    rule: 'restricted-namespace',
    object: 'Namespace waystop',
    path: ['metadata', 'labels', 'pod-security.kubernetes.io/enforce'],
    value: 'baseline',
  },
  { rule: 'one-namespace', object: accounts, path: ['metadata', 'namespace'], value: 'default' },
  {
    rule: 'nothing-cluster-wide',
    object: 'ClusterRole added',
    path: [],
    value: added('PriorityClass', 'scheduling.k8s.io/v1', {}),
  },
  {
    rule: 'labels',
    object: 'StatefulSet nats',
    path: ['spec', 'template', 'metadata', 'labels', 'app.kubernetes.io/component'],
  },
  {
    rule: 'label-values',
    by: 'kubeconform',
    object: 'ConfigMap added',
    path: [],
    value: {
      ...added('ConfigMap', 'v1', {}),
      metadata: { name: 'added', namespace: 'waystop', labels: { 'app.kubernetes.io/version': '-0.1' } },
    },
  },
  {
    rule: 'stable-version',
    by: 'kubeconform',
    object: 'PodDisruptionBudget accounts',
    path: ['apiVersion'],
    value: 'policy/v1beta1',
  },
];

/** Whether the breakage is in a pod's own description. */
export function hasPods({ path }: Breakage): boolean {
  return path.join('.').startsWith('spec.template.spec');
}

/** The Job as one that is made again every night, without saying how late it may be. */
function everyNight(objects: readonly KubernetesObject[], job: string): KubernetesObject {
  const { metadata, spec } =
    objects.find((one) => isNamed(one, `Job ${job}`)) ?? added('Job', 'batch/v1', {});
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: { schedule: '0 3 * * *', jobTemplate: { spec } },
  };
}

/** A copy of the objects with that one breakage. */
export function broken(
  objects: readonly KubernetesObject[],
  { object, path, made, value = made?.(objects) }: Breakage,
): KubernetesObject[] {
  const copy = structuredClone(objects) as KubernetesObject[];
  const index = copy.findIndex((one) => isNamed(one, object));
  if (path.length === 0) {
    if (value === undefined) copy.splice(index, index < 0 ? 0 : 1);
    else copy.push(value as KubernetesObject);
    return copy;
  }
  set(copy[index], path, value);
  return copy;
}

function isNamed({ kind, metadata }: KubernetesObject, wanted: string): boolean {
  return `${kind} ${metadata.name.replace(/-[a-z0-9]{10}$/, '')}` === wanted;
}

function set(target: unknown, [key, ...rest]: (string | number)[], value: unknown): void {
  if (typeof target !== 'object' || target === null || key === undefined)
    throw new Error(`Nothing at ${key}`);
  const holder = target as Record<string | number, unknown>;
  if (rest.length > 0) set(holder[key], rest, value);
  else if (value === undefined) delete holder[key];
  else holder[key] = value;
}
