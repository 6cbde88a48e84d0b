import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeWithTools } from '../../support/outside-tools.js';
import { breakages, broken } from '../breakages.js';
import type { KubernetesObject } from '../objects.js';
import { rendered } from '../rendered.js';
import { exceptions } from './exceptions.js';
import { misspelt } from './misspelt.js';
import { kubeconform, kubeScore, scannerTools, writeSchemas } from './scan.js';

describeWithTools(scannerTools, 'scanners', () => {
  let schemas: string;
  const used = new Set<string>();
  beforeAll(() => {
    schemas = writeSchemas();
  });
  afterAll(() => rmSync(schemas, { recursive: true }));

  describe.each(Object.entries(rendered))('%s', (_name, objects) => {
    it('is what the schemas of Kubernetes and of the operators allow, says kubeconform', () => {
      expect(kubeconform(objects, schemas)).toEqual([]);
    });

    it('is all right, says kube-score', () => {
      const known = exceptions.filter(({ scanner }) => scanner === 'kube-score');
      const left = kubeScore(objects).filter((fault) => {
        const exception = known.find(({ matches }) => matches.test(fault));
        if (exception !== undefined) used.add(exception.reason);
        return exception === undefined;
      });
      expect(left).toEqual([]);
    });
  });

  it('refuse a misspelt member anywhere, says kubeconform', () => {
    const objects = [...(rendered['production'] ?? []), ...(rendered['dev with an Ingress'] ?? [])];
    const variants = objects.flatMap(misspelt);
    const refused = new Set(kubeconform(variants, schemas).map((fault) => fault.split(':')[0]));
    const accepted = variants
      .map(({ kind, metadata }) => `${kind} ${metadata.name}`)
      .filter((one) => !refused.has(one));
    expect(accepted).toEqual([]);
  }, 600_000);

  describe('find', () => {
    const found = breakages.filter(({ by }) => by === 'kube-score' || by === 'kubeconform');

    it.each(found.map((one) => [`${one.by}, ${one.rule}: ${one.path.join('.')}`, one] as const))(
      '%s',
      (_title, breakage) => {
        const before = rendered[breakage.overlay ?? 'production'] ?? [];
        const after = broken(before, breakage);
        const scan = (objects: readonly KubernetesObject[]) =>
          breakage.by === 'kube-score' ? kubeScore(objects) : kubeconform(objects, schemas);
        const known = new Set(scan(before));
        expect(scan(after).filter((fault) => !known.has(fault))).not.toEqual([]);
      },
    );
  });

  it('have no exceptions that are not needed any more', () => {
    const needless = exceptions.filter(
      ({ scanner, reason }) => scanner === 'kube-score' && !used.has(reason),
    );
    expect(needless).toEqual([]);
  });
});
