import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { tmpdir } from 'node:os';
import { parseAllDocuments, parse } from 'yaml';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import type { KubernetesObject } from './objects.js';

/** `WAYSTOP_KUBECTL` names another one, or none that exists: then the plain reading below is used. */
const kubectl = process.env['WAYSTOP_KUBECTL'] ?? 'kubectl';

export const renderer: 'kustomize of kubectl' | 'plain resources' =
  spawnSync(kubectl, ['version', '--client']).status === 0 ? 'kustomize of kubectl' : 'plain resources';

/** What `kubectl apply -k` would send for this folder of k8s/. */
export function render(folder: string): KubernetesObject[] {
  const path = join(projectRoot, 'k8s', folder);
  return renderer === 'plain resources' ? readPlain(path) : runKustomize(path);
}

/** The folder with one more component, as somebody would add it to an overlay of their own. */
export function renderWith(folder: string, component: string): KubernetesObject[] {
  if (renderer === 'plain resources') {
    const { namespace } = readKustomization(join(projectRoot, 'k8s', folder));
    return [...render(folder), ...render(`components/${component}`).map((one) => placed(one, '', namespace))];
  }
  const own = mkdtempSync(join(tmpdir(), 'waystop-overlay-'));
  try {
    const from = (path: string) => relative(own, join(projectRoot, 'k8s', path));
    const { namespace } = readKustomization(join(projectRoot, 'k8s', folder));
    const overlay = { namespace, resources: [from(folder)], components: [from(`components/${component}`)] };
    writeFileSync(join(own, 'kustomization.yaml'), JSON.stringify(overlay));
    return runKustomize(own);
  } finally {
    rmSync(own, { recursive: true });
  }
}

function runKustomize(folder: string): KubernetesObject[] {
  const options = { encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 } as const;
  return parseObjects(execFileSync(kubectl, ['kustomize', folder], options));
}

export function parseObjects(text: string): KubernetesObject[] {
  return parseAllDocuments(text).map((document) => {
    if (document.errors.length > 0) throw document.errors[0];
    return document.toJS() as KubernetesObject;
  });
}

function readKustomization(folder: string): Kustomization {
  return parse(readFileSync(join(folder, 'kustomization.yaml'), 'utf8')) as Kustomization;
}

interface Generator {
  name: string;
  literals?: string[];
  files?: string[];
}

interface Kustomization {
  namespace?: string;
  nameSuffix?: string;
  resources?: string[];
  components?: string[];
  images?: { name: string; newName?: string; newTag?: string }[];
  configMapGenerator?: Generator[];
  secretGenerator?: Generator[];
}

/**
 * The objects as they are written down: files, generators, images, the namespace and a name's suffix. Patches are left
 * out, so what overlays change in detail is seen only where kubectl is.
 */
function readPlain(folder: string): KubernetesObject[] {
  const read = (file: string) => readFileSync(join(folder, file), 'utf8');
  const kustomization = readKustomization(folder);
  const listed = [...(kustomization.resources ?? []), ...(kustomization.components ?? [])].flatMap((entry) =>
    entry.endsWith('.yaml') ? parseObjects(read(entry)) : readPlain(join(folder, entry)),
  );
  addGenerated(listed, 'ConfigMap', kustomization.configMapGenerator ?? [], read);
  addGenerated(listed, 'Secret', kustomization.secretGenerator ?? [], read);
  const { nameSuffix = '', namespace, images = [] } = kustomization;
  return listed.map((object) => withImages(placed(object, nameSuffix, namespace), images));
}

function addGenerated(
  objects: KubernetesObject[],
  kind: string,
  generators: readonly Generator[],
  read: (file: string) => string,
): void {
  for (const { name, literals = [], files = [] } of generators) {
    const values = [
      ...literals.map((literal) => [literal.replace(/=.*$/s, ''), literal.replace(/^[^=]*=/, '')]),
      ...files.map((file) => [file, read(file)]),
    ];
    const encode = (value = '') => (kind === 'Secret' ? Buffer.from(value).toString('base64') : value);
    const data = Object.fromEntries(values.map(([key = '', value]) => [key, encode(value)]));
    const known = objects.find((one) => one.kind === kind && one.metadata.name === name);
    if (known === undefined) objects.push({ apiVersion: 'v1', kind, metadata: { name }, data });
    else known.data = { ...known.data, ...data };
  }
}

function placed(object: KubernetesObject, suffix: string, namespace: string | undefined): KubernetesObject {
  const inNamespace = namespace === undefined || object.kind === 'Namespace' ? {} : { namespace };
  return {
    ...object,
    metadata: { ...object.metadata, name: `${object.metadata.name}${suffix}`, ...inNamespace },
  };
}

function withImages(
  object: KubernetesObject,
  images: NonNullable<Kustomization['images']>,
): KubernetesObject {
  let text = JSON.stringify(object);
  for (const { name, newName = name, newTag } of images) {
    const image = new RegExp(`"image":"${name}(:[^"]*)?"`, 'g');
    text = text.replace(
      image,
      (_all, tag: string | undefined) => `"image":"${newName}${newTag ? `:${newTag}` : (tag ?? '')}"`,
    );
  }
  return JSON.parse(text) as KubernetesObject;
}
