import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { projectRoot } from '../../../tools/dev/system/project-root.js';
import { toolPath } from '../../support/outside-tools.js';
import type { KubernetesObject } from '../objects.js';
import { customSchemas, kindSchemas, type CustomResourceDefinition, type Swagger } from './schemas.js';

const maxBuffer = 64 * 1024 * 1024;

/** What the scanners need of `npm run tools`. */
export const scannerTools = [
  'kubeconform',
  'kube-score',
  'kubernetes-schemas',
  'crds-gateway-api',
  'crds-external-secrets',
  'crds-prometheus-operator',
];

/** All definitions of custom resources that the overlays use, as files. */
export function definitionFiles(): string[] {
  const folders = scannerTools.filter((name) => name.startsWith('crds-')).map((name) => toolPath(name));
  const published = folders.flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)));
  return [...published, join(projectRoot, 'test/deploy/scanners/cloudnative-pg.yaml')];
}

/** Writes the schemas for kubeconform into a folder of their own, closed to unknown members. */
export function writeSchemas(): string {
  const folder = mkdtempSync(join(tmpdir(), 'waystop-schemas-'));
  const swagger = JSON.parse(
    readFileSync(join(toolPath('kubernetes-schemas'), 'swagger.json'), 'utf8'),
  ) as Swagger;
  const custom = definitionFiles()
    .flatMap((file) => parseAllDocuments(readFileSync(file, 'utf8')))
    .map((document) => customSchemas(document.toJS() as CustomResourceDefinition));
  for (const [name, schema] of Object.entries(Object.assign(kindSchemas(swagger), ...custom) as object)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), JSON.stringify(schema));
  }
  return folder;
}

/** What kubeconform says against the objects, in strict mode. */
export function kubeconform(objects: readonly KubernetesObject[], schemas: string): string[] {
  const locations = [
    '{{.ResourceKind}}{{.KindSuffix}}.json',
    '{{.Group}}/{{.ResourceKind}}_{{.ResourceAPIVersion}}.json',
  ];
  const args = locations.flatMap((location) => ['-schema-location', join(schemas, location)]);
  const { stdout } = run('kubeconform', ['-strict', '-output', 'json', ...args], objects);
  const { resources } = JSON.parse(stdout) as { resources?: { kind: string; name: string; msg: string }[] };
  return (resources ?? []).map(({ kind, name, msg }) => `${kind} ${name}: ${msg}`);
}

interface Scored {
  object_name: string;
  checks: {
    check: { id: string };
    grade: number;
    skipped: boolean;
    comments: { path: string; summary: string }[] | null;
  }[];
}

/** Grade 10 is "all OK"; whatever is below warns. */
const perfect = 10;
const optionalChecks = ['container-seccomp-profile', 'container-ports-check'];

/** What kube-score says against the objects: the check's id, the object, and what it saw. */
export function kubeScore(objects: readonly KubernetesObject[]): string[] {
  const optional = optionalChecks.flatMap((check) => ['--enable-optional-test', check]);
  const { stdout } = run('kube-score', ['score', '--output-format', 'json', ...optional, '-'], objects);
  return (JSON.parse(stdout) as Scored[]).flatMap(({ object_name: object, checks }) =>
    checks
      .filter(({ grade, skipped }) => !skipped && grade < perfect)
      .flatMap(({ check, comments }) =>
        (comments ?? [{ path: '', summary: '' }]).map(
          ({ path, summary }) => `${check.id}, ${object}: ${path} ${summary}`,
        ),
      ),
  );
}

function run(
  tool: string,
  args: readonly string[],
  objects: readonly KubernetesObject[],
): { stdout: string } {
  const input = objects.map((object) => JSON.stringify(object)).join('\n---\n');
  const { stdout, stderr, error } = spawnSync(toolPath(tool), args, { input, encoding: 'utf8', maxBuffer });
  if (error !== undefined || stdout === '') throw new Error(`${tool} failed: ${error?.message ?? stderr}`);
  return { stdout };
}
