import { describe, expect, it } from '@jest/globals';
import { schemaFaults } from './kubernetes-schemas.js';
import type { KubernetesObject } from './objects.js';
import { render, renderer, renderWith } from './render.js';
import { allRules } from './rules/all.js';

const rendered: Readonly<Record<string, readonly KubernetesObject[]>> = {
  dev: render('overlays/dev'),
  staging: render('overlays/staging'),
  production: render('overlays/production'),
  'dev with an Ingress': renderWith('overlays/dev', 'ingress'),
  'production with traces': renderWith('overlays/production', 'tracing'),
};

describe.each(Object.entries(rendered))(`k8s, ${renderer}: %s`, (_name, objects) => {
  it('holds every service, in a namespace of its own', () => {
    const deployments = objects.filter((one) => one.kind === 'Deployment').map((one) => one.metadata.name);
    expect(deployments.toSorted()).toEqual(['accounts', 'gateway', 'registrations', 'sessions', 'stops']);
  });

  it('agrees with the schema of each kind, closed to unknown names', () => {
    const faults = objects.flatMap((one) =>
      schemaFaults(one).map((fault) => `${one.kind} ${one.metadata.name}: ${fault}`),
    );
    expect(faults).toEqual([]);
  });

  it.each(allRules.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
    expect(rule.faults(objects)).toEqual([]);
  });
});
