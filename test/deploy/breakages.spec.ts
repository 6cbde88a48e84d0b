import { describe, expect, it } from '@jest/globals';
import { breakages, broken } from './breakages.js';
import { schemaFaults } from './kubernetes-schemas.js';
import type { KubernetesObject } from './objects.js';
import { render, renderWith } from './render.js';
import { allRules } from './rules/all.js';

const rendered = {
  production: render('overlays/production'),
  'dev with an Ingress': renderWith('overlays/dev', 'ingress'),
};

describe('a broken field', () => {
  it.each(breakages.map((one) => [`${one.rule}: ${one.object} ${one.path.join('.')}`, one] as const))(
    'breaks exactly its rule, %s',
    (_title, breakage) => {
      const objects = broken(rendered[breakage.overlay ?? 'production'], breakage);
      const failing = allRules.filter((rule) => rule.faults(objects).length > 0).map((rule) => rule.id);
      expect(failing).toEqual([breakage.rule]);
    },
  );

  it('is known for every rule', () => {
    const covered = new Set(breakages.map((one) => one.rule));
    expect(allRules.map((rule) => rule.id).filter((id) => !covered.has(id))).toEqual([]);
  });
});

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
]);

describe('a misspelt name', () => {
  it.each(
    [...rendered.production, ...rendered['dev with an Ingress']].map(
      (one) => [`${one.kind} ${one.metadata.name}`, one] as const,
    ),
  )('is refused anywhere in %s', (_title, object) => {
    const accepted = places(object, []).filter((path) => schemaFaults(misspelt(object, path)).length === 0);
    expect(accepted.map((path) => path.join('.'))).toEqual([]);
  });
});

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

function misspelt(object: KubernetesObject, path: readonly string[]): KubernetesObject {
  const copy = structuredClone(object);
  let target: unknown = copy;
  for (const key of path) target = (target as Record<string, unknown>)[key];
  (target as Record<string, unknown>)['mispelt'] = 'x';
  return copy;
}
