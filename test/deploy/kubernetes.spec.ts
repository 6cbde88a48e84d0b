import { describe, expect, it } from '@jest/globals';
import { breakages, broken } from './breakages.js';
import { rendered } from './rendered.js';
import { renderer } from './render.js';
import { allRules } from './rules/all.js';

/** What no scanner knows. Kubernetes' own rules are for scanners/ and api-server/, which need `npm run tools`. */
describe.each(Object.entries(rendered))(`k8s, ${renderer}: %s`, (_name, objects) => {
  it('holds every service, in a namespace of its own', () => {
    const deployments = objects.filter((one) => one.kind === 'Deployment').map((one) => one.metadata.name);
    expect(deployments.toSorted()).toEqual([
      'accounts',
      'gateway',
      'matching',
      'notifications',
      'outcomes',
      'registrations',
      'sessions',
      'stops',
      'web',
    ]);
  });

  it.each(allRules.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
    expect(rule.faults(objects)).toEqual([]);
  });
});

describe('a broken field', () => {
  const ours = breakages.filter(({ by }) => by === undefined);

  it.each(ours.map((one) => [`${one.rule}: ${one.object} ${one.path.join('.')}`, one] as const))(
    'breaks exactly its rule, %s',
    (_title, breakage) => {
      const objects = broken(rendered[breakage.overlay ?? 'production'] ?? [], breakage);
      const failing = allRules.filter((rule) => rule.faults(objects).length > 0).map((rule) => rule.id);
      expect(failing).toEqual([breakage.rule]);
    },
  );

  it('is known for every rule', () => {
    const covered = new Set(ours.map((one) => one.rule));
    expect(allRules.map((rule) => rule.id).filter((id) => !covered.has(id))).toEqual([]);
  });
});
