import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeWithTools } from '../../support/outside-tools.js';
import { rendered } from '../rendered.js';
import { exceptions } from './exceptions.js';
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

  it('have no exceptions that are not needed any more', () => {
    const needless = exceptions.filter(
      ({ scanner, reason }) => scanner === 'kube-score' && !used.has(reason),
    );
    expect(needless).toEqual([]);
  });
});
