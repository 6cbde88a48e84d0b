import {
  containersOf,
  ofKind,
  workloads,
  type Container,
  type SecurityContext,
  type Workload,
} from '../objects.js';
import { eachContainer, eachWorkload, type Rule } from '../rule.js';

/** What Pod Security "restricted" demands, and what the scanners demand beyond it. */
export const securityRules: readonly Rule[] = [
  eachContainer('non-root', (container, workload) => {
    const context = { ...workload.pod.securityContext, ...container.securityContext };
    return context.runAsNonRoot === true && (context.runAsUser ?? 0) > 0 && (context.runAsGroup ?? 0) > 0;
  }),
  // Below these ids are the users of the node.
  eachContainer('high-user-id', (container, workload) => {
    const context = { ...workload.pod.securityContext, ...container.securityContext };
    return [context.runAsUser ?? 0, context.runAsGroup ?? 0].every((id) => id === 0 || id > 10_000);
  }),
  eachContainer(
    'no-privilege-escalation',
    ({ securityContext }) => securityContext?.allowPrivilegeEscalation === false,
  ),
  eachContainer('not-privileged', ({ securityContext }) => securityContext?.privileged !== true),
  eachContainer(
    'no-capabilities',
    ({ securityContext }) =>
      (securityContext?.capabilities?.drop ?? []).includes('ALL') &&
      (securityContext?.capabilities?.add ?? []).length === 0,
  ),
  eachContainer('seccomp', (container, workload) => {
    const context = { ...workload.pod.securityContext, ...container.securityContext };
    return context.seccompProfile?.type === 'RuntimeDefault';
  }),
  eachContainer('read-only-root', ({ securityContext }) => securityContext?.readOnlyRootFilesystem === true),
  eachWorkload('no-host-access', ({ pod }) => {
    const shares = [pod.hostNetwork, pod.hostPID, pod.hostIPC].includes(true);
    return !shares && pod.hostAliases === undefined;
  }),
  eachWorkload('volume-types', ({ pod }) =>
    (pod.volumes ?? []).every((volume) =>
      Object.keys(volume).every((key) => key === 'name' || volumeTypes.has(key)),
    ),
  ),
  eachWorkload('scratch-is-bounded', ({ pod }) =>
    (pod.volumes ?? []).every(({ emptyDir }) => emptyDir === undefined || emptyDir.sizeLimit !== undefined),
  ),
  eachWorkload('own-processes', ({ pod }) => pod.shareProcessNamespace !== true),
  eachContexts('no-sysctls', ({ sysctls }) => sysctls === undefined),
  eachContexts('no-se-linux-options', ({ seLinuxOptions }) => seLinuxOptions === undefined),
  eachContexts('app-armor-stays', ({ appArmorProfile }) => appArmorProfile?.type !== 'Unconfined'),
  eachContainer('no-host-port', ({ ports }) => (ports ?? []).every((port) => port.hostPort === undefined)),
  eachContainer('no-host-process', ({ securityContext }) => {
    const masked = securityContext?.procMount === undefined || securityContext.procMount === 'Default';
    return masked && securityContext?.windowsOptions?.hostProcess !== true;
  }),
  {
    id: 'own-service-account',
    faults: (objects) => {
      const accounts = new Set(ofKind(objects, 'ServiceAccount').map((account) => account.metadata.name));
      return workloads(objects)
        .filter((workload) => !accounts.has(workload.pod.serviceAccountName ?? 'default'))
        .map(({ kind, name }) => `${kind} ${name}`);
    },
  },
  eachWorkload('no-token', ({ pod }) => pod.automountServiceAccountToken === false),
  {
    id: 'no-token-by-account',
    faults: (objects) =>
      ofKind(objects, 'ServiceAccount')
        .filter((account) => account.automountServiceAccountToken !== false)
        .map((account) => `ServiceAccount ${account.metadata.name}`),
  },
  eachWorkload('no-service-links', ({ pod }) => pod.enableServiceLinks === false),
  eachContainer('pinned-image', ({ image }) => /@sha256:[0-9a-f]{64}$|:v?\d+\.\d+[\w.-]*$/.test(image)),
  // A tag can be made to mean something else. An image without a registry is one that was put into the node by hand.
  eachContainer(
    'pull-policy',
    ({ image, imagePullPolicy }) =>
      imagePullPolicy === 'Always' || image.startsWith('waystop:') || image.includes('@sha256:'),
  ),
  eachContainer('resources', ({ resources }) =>
    [resources?.requests, resources?.limits].every((amounts) =>
      ['cpu', 'memory', 'ephemeral-storage'].every((name) => amounts?.[name] !== undefined),
    ),
  ),
  eachContainer('requests-within-limits', withinLimits),
  {
    id: 'no-rights',
    faults: (objects) =>
      ofKind(objects, 'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding').map(
        (object) => `${object.kind} ${object.metadata.name}`,
      ),
  },
];

/** Those that Pod Security "restricted" allows. */
const volumeTypes = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** A rule for what a pod says and for what each of its containers says. */
function eachContexts(id: string, isGood: (context: SecurityContext) => boolean): Rule {
  return eachWorkload(id, ({ pod }) =>
    [pod.securityContext, ...containersOf(pod).map((one) => one.securityContext)].every((context) =>
      isGood(context ?? {}),
    ),
  );
}

function withinLimits({ resources }: Container, _workload: Workload): boolean {
  return Object.entries(resources?.requests ?? {}).every(([name, amount]) => {
    const limit = resources?.limits?.[name];
    return limit === undefined || quantity(amount) <= quantity(limit);
  });
}

const units: Readonly<Record<string, number>> = {
  m: 1e-3,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  k: 1e3,
  M: 1e6,
  G: 1e9,
};

/** The number that a Kubernetes quantity such as `250m` or `64Mi` means. */
export function quantity(text: string | number): number {
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(String(text)) ?? [];
  const factor = unit === '' ? 1 : units[unit];
  if (digits === '' || factor === undefined) throw new Error(`Not a quantity: ${text}`);
  return Number(digits) * factor;
}
