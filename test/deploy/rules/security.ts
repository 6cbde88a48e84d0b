import { ofKind } from '../objects.js';
import { eachWorkload, type Rule } from '../rule.js';

/** What Pod Security "restricted" demands, and what the scanners demand beyond it. */
export const securityRules: readonly Rule[] = [
  eachWorkload('scratch-is-bounded', ({ pod }) =>
    (pod.volumes ?? []).every(({ emptyDir }) => emptyDir === undefined || emptyDir.sizeLimit !== undefined),
  ),
  eachWorkload('no-host-aliases', ({ pod }) => pod.hostAliases === undefined),
  eachWorkload('own-processes', ({ pod }) => pod.shareProcessNamespace !== true),
  eachWorkload('no-token', ({ pod }) => pod.automountServiceAccountToken === false),
  {
    id: 'no-token-by-account',
    faults: (objects) =>
      ofKind(objects, 'ServiceAccount')
        .filter((account) => account.automountServiceAccountToken !== false)
        .map((account) => `ServiceAccount ${account.metadata.name}`),
  },
  eachWorkload('no-service-links', ({ pod }) => pod.enableServiceLinks === false),
  {
    id: 'no-rights',
    faults: (objects) =>
      ofKind(objects, 'Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding').map(
        (object) => `${object.kind} ${object.metadata.name}`,
      ),
  },
];

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
