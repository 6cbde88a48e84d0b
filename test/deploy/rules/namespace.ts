import { ofKind, workloads, type KubernetesObject } from '../objects.js';
import type { Rule } from '../rule.js';

const modes = ['enforce', 'audit', 'warn'];
const recommended = ['app.kubernetes.io/name', 'app.kubernetes.io/component', 'app.kubernetes.io/part-of'];
const clusterWide =
  /^(Namespace|Cluster(Role|RoleBinding|SecretStore|Issuer)|CustomResourceDefinition|PriorityClass|StorageClass|GatewayClass|.*WebhookConfiguration)$/;

/** Where the objects live, and how they are told apart. */
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
  {
    id: 'label-values',
    faults: (objects) =>
      objects
        .filter(({ metadata }) => !Object.values(metadata.labels ?? {}).every((value) => isLabelValue(value)))
        .map((one) => `${one.kind} ${one.metadata.name}`),
  },
  {
    id: 'stable-version',
    faults: (objects) =>
      objects
        .filter((one) => !/(^|\/)v\d+$/.test(one.apiVersion))
        .map((one) => `${one.kind} ${one.metadata.name}`),
  },
  {
    id: 'no-bare-pods',
    faults: (objects) =>
      ofKind(objects, 'Pod', 'ReplicaSet', 'ReplicationController').map(
        (one) => `${one.kind} ${one.metadata.name}`,
      ),
  },
  {
    id: 'unique',
    faults: (objects) => {
      const names = objects.map((one) => `${one.apiVersion} ${one.kind} ${one.metadata.name}`);
      return names.filter((name, index) => names.indexOf(name) !== index);
    },
  },
];

/** https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/ */
function isLabelValue(value: unknown): boolean {
  return typeof value === 'string' && /^([A-Za-z0-9]([\w.-]{0,61}[A-Za-z0-9])?)?$/.test(value);
}

function isRestricted({ metadata }: KubernetesObject): boolean {
  return modes.every((mode) => metadata.labels?.[`pod-security.kubernetes.io/${mode}`] === 'restricted');
}
