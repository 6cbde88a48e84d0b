import { describe, expect, it } from '@jest/globals';
import { publicKeyOf } from '#messaging';
import { brokerServiceNames, databaseServiceNames } from '#contracts';
import { settingsInKubernetes } from './kubernetes-settings.js';
import { longRunning, ofKind, portOf, workloads, type Container, type KubernetesObject } from './objects.js';
import { render, renderWith } from './render.js';
import { ourImages } from './rules/settings.js';
import {
  settingsNotPassedOn,
  services,
  settingsFaults,
  settingsOf,
  type ContainerSettings,
} from './container-settings.js';

const ours = (objects: readonly KubernetesObject[]) =>
  workloads(objects)
    .filter(({ pod }) => ourImages(pod).length > 0)
    .flatMap(({ pod }) =>
      pod.containers.map((container) => ({
        container,
        settings: settingsInKubernetes(objects, container, pod),
      })),
    );

describe.each([
  ['dev', render('overlays/dev')],
  ['staging', render('overlays/staging')],
  ['production', render('overlays/production')],
  ['production with traces', renderWith('overlays/production', 'tracing')],
])('what overlays/%s tells', (overlay, objects) => {
  const containers = ours(objects).map((one) => [one.container.args?.join(' ') ?? '', one] as const);

  it('is given to every service and to the migrations of each that has a database', () => {
    const migrations = databaseServiceNames.map((name) => `migrate ${name}`);
    const run = containers.map(([command]) => command).filter((command) => command !== 'databases');
    expect(run.toSorted()).toEqual([...services, ...migrations].toSorted());
  });

  it.each(containers)(
    '%s suits the settings that its program reads',
    async (_command, { container, settings }) => {
      expect(settingsFaults(await settingsOf(container.args ?? []), settings)).toEqual([]);
    },
  );

  it.each(containers)(
    'lets the operator say every setting of %s',
    async (_command, { container, settings }) => {
      // Those of traces come with the component that brings them.
      const elsewhere = overlay.endsWith('with traces') ? undefined : 'OTEL_';
      expect(settingsNotPassedOn(await settingsOf(container.args ?? []), settings, elsewhere)).toEqual([]);
    },
  );

  it.each(databaseServiceNames)(
    'has the owner of the database of %s migrate for the role that it runs as',
    (name) => {
      const [migration, service] = [settingsOfCommand(`migrate ${name}`), settingsOfCommand(name)];
      const user = (settings: ContainerSettings) =>
        new URL(settings.files['/run/secrets/waystop/DATABASE_URL'] ?? '').username;
      expect([user(service), user(migration)]).toEqual([name, `${name}_owner`]);
      expect(migration.env['DATABASE_APP_ROLE']).toBe(name);
    },
  );

  function settingsOfCommand(command: string): ContainerSettings {
    const [, found] = containers.find(([one]) => one === command) ?? [];
    if (found === undefined) throw new Error(`Nothing runs ${command}`);
    return found.settings;
  }

  it.each(containers)('%s names ports and servers that are there', (_command, { container, settings }) => {
    expect([...portFaults(container, settings), ...serverFaults(objects, container, settings)]).toEqual([]);
  });
});

describe('the broker of overlays/dev', () => {
  const objects = render('overlays/dev');
  const [broker] = longRunning(objects).filter(({ name }) => name === 'nats');
  const [container] = broker?.pod.containers ?? [];
  const keys =
    container &&
    broker &&
    settingsInKubernetes(objects, container, broker.pod).files['/etc/nats/nats-keys.conf'];

  it.each(brokerServiceNames)('knows the public key of the seed of %s', (name) => {
    const { settings } = ours(objects).find((one) => one.container.name === name) ?? { settings: undefined };
    const seed = settings?.files['/run/secrets/waystop/NATS_NKEY_SEED'] ?? '';
    expect(keys).toContain(`${name.toUpperCase()}_NKEY: ${publicKeyOf(seed)}\n`);
  });
});

describe('a wrong environment', () => {
  const objects = render('overlays/production');
  const accounts = ours(objects).find(({ container }) => container.name === 'accounts');
  const settings = accounts?.settings ?? { env: {}, files: {} };
  const change = (env: Record<string, string>): ContainerSettings => ({
    ...settings,
    env: { ...settings.env, ...env },
  });

  it.each([
    ['a misspelt name', change({ DATABSE_POOL_SIZE: '5' }), 'DATABSE_POOL_SIZE is read by nobody'],
    ['a wrong number', change({ DATABASE_POOL_SIZE: 'many' }), 'DATABASE_POOL_SIZE'],
    ['a file that is not mounted', change({ ADMIN_KEY_FILE: '/run/secrets/waystop/ADMIN' }), 'ENOENT'],
    ['nothing at all', { env: {}, files: {} }, 'NATS_URL'],
  ])('shows: %s', async (_title, wrong, fault) => {
    expect(settingsFaults(await settingsOf(['accounts']), wrong).join('\n')).toContain(fault);
  });
});

function portFaults(container: Container, { env }: ContainerSettings): string[] {
  const expected: [string, string][] = [
    ['PORT', 'http'],
    ['HEALTH_PORT', 'health'],
  ];
  return expected
    .filter(([name, port]) => env[name] !== undefined && Number(env[name]) !== portOf(container, port))
    .map(([name]) => `${name} is no port of the container`);
}

function serverFaults(
  objects: readonly KubernetesObject[],
  container: Container,
  settings: ContainerSettings,
): string[] {
  const urls = [...Object.values(settings.env), ...Object.values(settings.files)].filter((value) =>
    /^(nats|postgres):/.test(value),
  );
  const unknown = urls.filter((url) => !isServed(objects, new URL(url)));
  const service = container.args?.at(-1) ?? '';
  const url = Object.entries(settings.files).find(([file]) => file.endsWith('/DATABASE_URL'))?.[1];
  const foreign = url !== undefined && new URL(url).pathname !== `/${service}`;
  return [...unknown, ...(foreign ? [`${service} is given another service's database`] : [])];
}

/** By a Service of the overlay, or by the one that the database operator makes for its primary. */
function isServed(objects: readonly KubernetesObject[], { hostname, port }: URL): boolean {
  const served = ofKind(objects, 'Service').some(
    (one) =>
      one.metadata.name === hostname &&
      (one.spec as { ports: { port: number }[] }).ports.some((each) => each.port === Number(port)),
  );
  return (
    served ||
    ofKind(objects, 'Cluster').some((one) => `${one.metadata.name}-rw` === hostname && port === '5432')
  );
}
