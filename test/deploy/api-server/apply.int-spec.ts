import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parseAllDocuments } from 'yaml';
import { outsideTools } from '../../../tools/outside/versions.js';
import { describeWithTools } from '../../support/outside-tools.js';
import { breakages, broken, hasPods } from '../breakages.js';
import { ofKind, workloads, type KubernetesObject } from '../objects.js';
import { rendered } from '../rendered.js';
import { definitionFiles, scannerTools } from '../scanners/scan.js';
import { ApiServer } from './api-server.js';

const withinMs = 300_000;
const versions = outsideTools.flatMap(({ name }) => (name.startsWith('kube-apiserver-') ? [name] : []));
const definitions = scannerTools.filter((name) => name.startsWith('crds-'));
const strict = ['apply', '--server-side', '--validate=strict', '--filename', '-'];

describe.each(versions)('%s', (version) => {
  describeWithTools([version, 'etcd', 'kubectl', ...definitions], 'with Pod Security restricted', () => {
    let server: ApiServer;

    beforeAll(async () => {
      server = await ApiServer.start(version);
      const parsed = definitionFiles().flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')));
      const objects = parsed.map((document) => document.toJS() as KubernetesObject);
      expect(server.kubectl(['apply', '--server-side', '--filename', '-'], objects)).toMatchObject({
        status: 0,
      });
      const established = [
        'wait',
        '--for=condition=Established',
        '--timeout=120s',
        'customresourcedefinitions',
        '--all',
      ];
      expect(server.kubectl(established)).toMatchObject({ status: 0 });
    }, withinMs);
    afterAll(() => server?.stop());

    /** The objects as the server keeps them, without its own notes of who wrote when. */
    const kept = (objects: readonly KubernetesObject[]) => {
      const { stdout } = server.kubectl(['get', '--filename', '-', '--output', 'json'], objects);
      const { items } = JSON.parse(stdout) as { items: KubernetesObject[] };
      return items.map((item) => ({
        ...item,
        metadata: { ...item.metadata, resourceVersion: '', managedFields: [] },
      }));
    };

    describe.each(Object.entries(rendered))('%s', (_name, objects) => {
      it(
        'is applied without a warning, and a second time without a change',
        () => {
          expect(server.kubectl(strict, objects)).toMatchObject({ status: 0, stderr: '' });
          const before = kept(objects);
          expect(before).toHaveLength(objects.length);
          expect(server.kubectl(strict, objects)).toMatchObject({ status: 0, stderr: '' });
          expect(kept(objects)).toEqual(before);
        },
        withinMs,
      );

      it(
        'has pods that the namespace admits',
        () => {
          const pods = podsOf(objects);
          expect(server.kubectl(['create', '--dry-run=server', '--filename', '-'], pods)).toMatchObject({
            status: 0,
            stderr: '',
          });
        },
        withinMs,
      );

      it(
        'has autoscalers whose targets can be scaled',
        () => {
          for (const { metadata, spec } of ofKind(objects, 'HorizontalPodAutoscaler')) {
            const { name } = (spec as { scaleTargetRef: { name: string } }).scaleTargetRef;
            const path = `/apis/apps/v1/namespaces/${metadata.namespace}/deployments/${name}/scale`;
            expect(server.kubectl(['get', '--raw', path])).toMatchObject({ status: 0 });
          }
        },
        withinMs,
      );

      it(
        'is followed by the next version',
        () => {
          const next = JSON.parse(
            JSON.stringify(objects).replaceAll('0.1.0', '0.2.0').replaceAll('-0-1-0', '-0-2-0'),
          ) as KubernetesObject[];
          expect(next).not.toEqual(objects);
          expect(server.kubectl(strict, next)).toMatchObject({ status: 0, stderr: '' });
        },
        withinMs,
      );
    });

    describe('does not take', () => {
      it.each(
        breakages
          .filter(({ by, since = 0 }) => by === 'API server' && since <= Number(version.split('.').at(-1)))
          .map((one) => [`${one.rule}: ${one.path.join('.')}`, one] as const),
      )(
        '%s',
        (_title, breakage) => {
          const objects = broken(rendered[breakage.overlay ?? 'production'] ?? [], breakage);
          const reply = hasPods(breakage)
            ? server.kubectl(['create', '--dry-run=server', '--filename', '-'], podsOf(objects))
            : server.kubectl([...strict, '--dry-run=server'], objects);
          expect(reply).toMatchObject({
            stderr: expect.stringMatching(/violates PodSecurity|is invalid|looking up service account/i),
          });
        },
        withinMs,
      );
    });
  });
});

/** One pod of each workload: Pod Security only warns of a Deployment, and refuses its pods. */
function podsOf(objects: readonly KubernetesObject[]): KubernetesObject[] {
  return workloads(objects).map(({ kind, name, labels, pod, spec, object }) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${name}-${kind.toLowerCase()}`,
      labels,
      ...(object.metadata.namespace === undefined ? {} : { namespace: object.metadata.namespace }),
    },
    spec: { ...pod, volumes: [...(pod.volumes ?? []), ...(spec.volumeClaimTemplates ?? []).map(claimed)] },
  }));
}

/** The volume that a StatefulSet makes for each of its pods. */
function claimed({ metadata: { name } }: { metadata: { name: string } }): object {
  return { name, persistentVolumeClaim: { claimName: name } };
}
