import { containersOf, workloads, type Container, type KubernetesObject, type Workload } from './objects.js';

/** Something that must hold of all that an overlay renders to. Each fault names the object that breaks it. */
export interface Rule {
  id: string;
  faults: (objects: readonly KubernetesObject[]) => string[];
}

/** A rule that looks at one workload after the other. */
export function eachWorkload(id: string, isGood: (workload: Workload) => boolean): Rule {
  return {
    id,
    faults: (objects) =>
      workloads(objects)
        .filter((workload) => !isGood(workload))
        .map(({ kind, name }) => `${kind} ${name}`),
  };
}

/** A rule that looks at every container of every pod, those of Jobs and those that run first included. */
export function eachContainer(
  id: string,
  isGood: (container: Container, workload: Workload) => boolean,
): Rule {
  return eachWorkload(id, (workload) =>
    containersOf(workload.pod).every((container) => isGood(container, workload)),
  );
}
