import { keysFile, makeSeed } from '#messaging';
import { ofKind, type Container, type KubernetesObject, type PodSpec, type SecretSource } from './objects.js';
import type { ContainerSettings } from './container-settings.js';

/** The settings of a container in a rendered pod; values that only a secret store knows are made up in its place. */
export function settingsInKubernetes(
  objects: readonly KubernetesObject[],
  container: Container,
  pod: PodSpec,
): ContainerSettings {
  const maps = (container.envFrom ?? []).map(({ configMapRef }) =>
    configMapData(objects, configMapRef?.name),
  );
  const own = (container.env ?? []).map(({ name, value = '' }) => [name, value]);
  return {
    env: { ...Object.assign({}, ...maps), ...Object.fromEntries(own) } as Record<string, string>,
    files: Object.fromEntries(filesOf(objects, container, pod)),
  };
}

function configMapData(
  objects: readonly KubernetesObject[],
  name: string | undefined,
): Record<string, string> {
  return ofKind(objects, 'ConfigMap').find((one) => one.metadata.name === name)?.data ?? {};
}

function filesOf(
  objects: readonly KubernetesObject[],
  container: Container,
  pod: PodSpec,
): [string, string][] {
  return (container.volumeMounts ?? []).flatMap(({ name, mountPath }) => {
    const volumes = (pod.volumes ?? []).filter((volume) => volume.name === name);
    const sources = volumes.flatMap((volume) => [
      volume.secret,
      ...(volume.projected?.sources ?? []).map((one) => one.secret),
    ]);
    return sources.flatMap((source) => secretFilesOf(objects, source, mountPath));
  });
}

function secretFilesOf(
  objects: readonly KubernetesObject[],
  source: SecretSource | undefined,
  mountPath: string,
): [string, string][] {
  const values = secretValues(objects, source?.name ?? source?.secretName);
  return (source?.items ?? []).flatMap(({ key, path }): [string, string][] => {
    const value = values[key];
    return value === undefined ? [] : [[`${mountPath}/${path}`, value]];
  });
}

function secretValues(
  objects: readonly KubernetesObject[],
  name: string | undefined,
): Record<string, string> {
  const plain = ofKind(objects, 'Secret').find((one) => one.metadata.name === name)?.data ?? {};
  const external = ofKind(objects, 'ExternalSecret').find((one) => one.metadata.name === name);
  const template = (external?.spec as { target: { template: { data: Record<string, string> } } } | undefined)
    ?.target.template.data;
  return {
    ...mapValues(plain, (value) => Buffer.from(value, 'base64').toString('utf8')),
    ...mapValues(template ?? {}, (text) =>
      text.replaceAll(/\{\{ \.(\w+) \}\}/g, (_all, property: string) => madeUp(property)),
    ),
  };
}

/** What the store of an installation would hold under this name. */
function madeUp(property: string): string {
  if (property === 'natsSeed') return makeSeed();
  return property === 'keys' ? keysFile(() => makeSeed()) : '0123456789abcdef'.repeat(4);
}

function mapValues(
  record: Record<string, string>,
  change: (value: string) => string,
): Record<string, string> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
