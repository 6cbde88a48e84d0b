import type { KubernetesObject } from '../objects.js';

/** Below these names the keys are free: labels, quantities, a server's parameters. */
const free = new Set([
  'labels',
  'matchLabels',
  'annotations',
  'data',
  'requests',
  'limits',
  'parameters',
  'selector',
  'nodeSelector',
  'metadata',
]);

/** One copy of the object for each of its members that are objects, with a member that no schema has. */
export function misspelt(object: KubernetesObject): KubernetesObject[] {
  return places(object, []).map((path) => {
    const copy = structuredClone(object);
    let target: unknown = copy;
    for (const key of path) target = (target as Record<string, unknown>)[key];
    (target as Record<string, unknown>)['mispelt'] = 'x';
    const { name: own, namespace = 'none' } = copy.metadata;
    const name = [namespace, own, ...path].join('-').toLowerCase();
    return { ...copy, metadata: { ...copy.metadata, name } };
  });
}

/** The paths of all objects within an object whose names are not free. */
function places(value: unknown, path: string[]): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.entries(value).flatMap(([key, one]) =>
    free.has(key) && !hasSelectorTerms(one) ? [] : places(one, [...path, key]),
  );
  return Array.isArray(value) ? below : [path, ...below];
}

/** The selector of a Service is a map of labels; others hold terms. */
function hasSelectorTerms(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && ('matchLabels' in value || 'matchExpressions' in value)
  );
}
