import { ofKind, workloads, type Container, type Workload } from '../objects.js';
import { eachContainer, eachWorkload, type Rule } from '../rule.js';

/** What Pod Security "restricted" demands, and what the scanners demand beyond it. */
export const securityRules: readonly Rule[] = [
  eachContainer('non-root', (container, workload) => {
    const context = { ...workload.pod.securityContext, ...container.securityContext };
    return context.runAsNonRoot === true && (context.runAsUser ?? 0) > 0 && (context.runAsGroup ?? 0) > 0;
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
    return !shares && (pod.volumes ?? []).every((volume) => volume.hostPath === undefined);
  }),
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
