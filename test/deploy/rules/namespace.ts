import { ofKind, workloads, type KubernetesObject } from '../objects.js';
import type { Rule } from '../rule.js';

const modes = ['enforce', 'audit', 'warn'];
const recommended = ['app.kubernetes.io/name', 'app.kubernetes.io/component', 'app.kubernetes.io/part-of'];
const clusterWide =
  /^(Namespace|Cluster(Role|RoleBinding|SecretStore|Issuer)|CustomResourceDefinition|PriorityClass|StorageClass|GatewayClass|.*WebhookConfiguration)$/;

/** Where the objects live, and how they are distinguished. */
export const namespaceRules: readonly Rule[] = [
  {
    id: 'restricted-namespace',
    faults: (objects) =>
      ofKind(objects, 'Namespace').length === 1 && ofKind(objects, 'Namespace').every(isRestricted)
        ? []
        : ['exactly one namespace, restricted'],
  },
  {
    id: 'one-namespace',
    faults: (objects) => {
      const [namespace] = ofKind(objects, 'Namespace');
      return objects
        .filter((one) => one.kind !== 'Namespace' && one.metadata.namespace !== namespace?.metadata.name)
        .map((one) => `${one.kind} ${one.metadata.name}`);
    },
  },
  {
    id: 'nothing-cluster-wide',
    faults: (objects) =>
      objects
        .filter((one) => one.kind !== 'Namespace' && clusterWide.test(one.kind))
        .map((one) => `${one.kind} ${one.metadata.name}`),
  },
  {
    id: 'labels',
    faults: (objects) =>
      workloads(objects)
        .filter(({ labels }) => !recommended.every((key) => labels[key] !== undefined))
        .map(({ kind, name }) => `${kind} ${name}`),
  },
];

function isRestricted({ metadata }: KubernetesObject): boolean {
  return modes.every((mode) => metadata.labels?.[`pod-security.kubernetes.io/${mode}`] === 'restricted');
}
