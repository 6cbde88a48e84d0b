import { drainBudgetMs } from '../../../libs/service/src/shutdown.js';
import {
  longRunning,
  ofKind,
  portOf,
  selects,
  workloads,
  type KubernetesObject,
  type Selector,
  type Workload,
} from '../objects.js';
import { eachContainer, type Rule } from '../rule.js';

interface Autoscaler {
  scaleTargetRef: { kind: string; name: string };
  minReplicas?: number;
  maxReplicas: number;
}

interface DisruptionBudget {
  selector?: Selector;
  maxUnavailable?: number | string;
  minAvailable?: number | string;
}

const isOurs = ({ labels }: Workload) =>
  ['edge', 'service'].includes(labels['app.kubernetes.io/component'] ?? '');

/** What keeps the system answering while pods come and go. */
export const availabilityRules: readonly Rule[] = [
  eachLongRunning('three-probes', ({ pod }) =>
    pod.containers.every((one) =>
      [one.startupProbe, one.readinessProbe, one.livenessProbe].every((probe) => probe !== undefined),
    ),
  ),
  eachContainer('probe-ports', (container) =>
    [container.startupProbe, container.readinessProbe, container.livenessProbe].every((probe) => {
      const port = probe?.httpGet?.port ?? probe?.tcpSocket?.port;
      return port === undefined || portOf(container, port) !== undefined;
    }),
  ),
  eachLongRunning(
    'liveness-alone',
    (workload) =>
      !isOurs(workload) ||
      workload.pod.containers.every((one) => one.livenessProbe?.httpGet?.path !== '/health/ready'),
  ),
  eachLongRunning('drain-fits', (workload) => !isOurs(workload) || drainFits(workload)),
  eachLongRunning('no-gap-in-rollout', ({ kind, spec }) => {
    const { type, rollingUpdate } = spec.strategy ?? {};
    return kind !== 'Deployment' || (type === 'RollingUpdate' && rollingUpdate?.maxUnavailable === 0);
  }),
  {
    id: 'selects-no-others',
    faults: (objects) =>
      longRunning(objects).flatMap((one) =>
        workloads(objects)
          .filter((other) => other.object !== one.object && selects(one.spec.selector, other.labels))
          .map((other) => `${one.kind} ${one.name} selects pods of ${other.kind} ${other.name}`),
      ),
  },
  eachLongRunning(
    'spread',
    (workload, objects) => leastReplicas(objects, workload) < 2 || isSpread(workload),
  ),
  {
    id: 'autoscaler-has-room',
    faults: (objects) =>
      ofKind(objects, 'HorizontalPodAutoscaler')
        .filter(({ spec }) => (spec as Autoscaler).maxReplicas <= ((spec as Autoscaler).minReplicas ?? 1))
        .map((object) => `HorizontalPodAutoscaler ${object.metadata.name}`),
  },
  {
    id: 'disruption-budget-target',
    faults: (objects) =>
      budgets(objects)
        .filter(({ spec }) => !longRunning(objects).some(({ labels }) => selects(spec.selector, labels)))
        .map(({ name }) => `PodDisruptionBudget ${name}`),
  },
  {
    id: 'disruption-budget-leaves-room',
    faults: (objects) =>
      budgets(objects)
        .filter(({ spec }) => !leavesRoom(spec, objects))
        .map(({ name }) => `PodDisruptionBudget ${name}`),
  },
];

function eachLongRunning(
  id: string,
  isGood: (workload: Workload, objects: readonly KubernetesObject[]) => boolean,
): Rule {
  return {
    id,
    faults: (objects) =>
      longRunning(objects)
        .filter((workload) => !isGood(workload, objects))
        .map(({ kind, name }) => `${kind} ${name}`),
  };
}

/** The sleep of preStop and the drain budget fit into the grace, with two seconds to spare. */
function drainFits({ pod }: Workload): boolean {
  const sleep = Math.max(...pod.containers.map((one) => one.lifecycle?.preStop?.sleep?.seconds ?? -Infinity));
  return sleep > 0 && sleep + drainBudgetMs / 1000 + 2 <= (pod.terminationGracePeriodSeconds ?? 30);
}

function leastReplicas(objects: readonly KubernetesObject[], { kind, name, spec }: Workload): number {
  const scaler = ofKind(objects, 'HorizontalPodAutoscaler')
    .map((object) => object.spec as Autoscaler)
    .find(({ scaleTargetRef }) => scaleTargetRef.kind === kind && scaleTargetRef.name === name);
  return scaler?.minReplicas ?? spec.replicas ?? 1;
}

function isSpread({ pod, labels }: Workload): boolean {
  const anti = pod.affinity?.podAntiAffinity;
  const terms = [
    ...(anti?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(anti?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((one) => one.podAffinityTerm),
  ];
  const apart = (list: { topologyKey: string; labelSelector?: Selector }[], key: string) =>
    list.some((one) => one.topologyKey === key && selects(one.labelSelector, labels));
  const spread = pod.topologySpreadConstraints ?? [];
  return (
    apart(terms, 'kubernetes.io/hostname') &&
    apart(spread, 'kubernetes.io/hostname') &&
    apart(spread, 'topology.kubernetes.io/zone')
  );
}

function budgets(objects: readonly KubernetesObject[]): { name: string; spec: DisruptionBudget }[] {
  return ofKind(objects, 'PodDisruptionBudget').map((object) => ({
    name: object.metadata.name,
    spec: object.spec as DisruptionBudget,
  }));
}

function leavesRoom(spec: DisruptionBudget, objects: readonly KubernetesObject[]): boolean {
  const targets = longRunning(objects).filter(({ labels }) => selects(spec.selector, labels));
  if (spec.minAvailable !== undefined) {
    return targets.every((one) => Number(spec.minAvailable) < leastReplicas(objects, one));
  }
  return Number(spec.maxUnavailable ?? 0) >= 1;
}
