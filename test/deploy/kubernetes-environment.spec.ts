import { describe, expect, it } from '@jest/globals';
import { publicKeyOf } from '#messaging';
import { toldBy } from './kubernetes-told.js';
import { longRunning, ofKind, portOf, workloads, type Container, type KubernetesObject } from './objects.js';
import { render, renderWith } from './render.js';
import { ourImages } from './rules/settings.js';
import { notTold, services, settingsFaults, settingsOf, type Told } from './told.js';

const ours = (objects: readonly KubernetesObject[]) =>
  workloads(objects)
    .filter(({ pod }) => ourImages(pod).length > 0)
    .flatMap(({ pod }) =>
      pod.containers.map((container) => ({ container, told: toldBy(objects, container, pod) })),
    );

describe.each([
  ['dev', render('overlays/dev')],
  ['staging', render('overlays/staging')],
  ['production', render('overlays/production')],
  ['production with traces', renderWith('overlays/production', 'tracing')],
])('what overlays/%s tells', (overlay, objects) => {
  const containers = ours(objects).map((one) => [one.container.args?.join(' ') ?? '', one] as const);

  it('is told to every service and to the migrations of each that has a database', () => {
    const migrations = services.filter((name) => name !== 'gateway').map((name) => `migrate ${name}`);
    const run = containers.map(([command]) => command).filter((command) => command !== 'databases');
    expect(run.toSorted()).toEqual([...services, ...migrations].toSorted());
  });

  it.each(containers)(
    '%s suits the settings that its program reads',
    async (_command, { container, told }) => {
      expect(settingsFaults(await settingsOf(container.args ?? []), told)).toEqual([]);
    },
  );

  it.each(containers)('lets the operator say every setting of %s', async (_command, { container, told }) => {
    // Those of traces come with the component that brings them.
    const elsewhere = overlay.endsWith('with traces') ? undefined : 'OTEL_';
    expect(notTold(await settingsOf(container.args ?? []), told, elsewhere)).toEqual([]);
  });

  it.each(services.filter((name) => name !== 'gateway'))(
    'has the owner of the database of %s migrate for the role that it runs as',
    (name) => {
      const [migration, service] = [toldTo(`migrate ${name}`), toldTo(name)];
      const user = (told: Told) => new URL(told.files['/run/secrets/waystop/DATABASE_URL'] ?? '').username;
      expect([user(service), user(migration)]).toEqual([name, `${name}_owner`]);
      expect(migration.env['DATABASE_APP_ROLE']).toBe(name);
    },
  );

  function toldTo(command: string): Told {
    const [, found] = containers.find(([one]) => one === command) ?? [];
    if (found === undefined) throw new Error(`Nothing runs ${command}`);
    return found.told;
  }

  it.each(containers)('%s names ports and servers that are there', (_command, { container, told }) => {
    expect([...portFaults(container, told), ...serverFaults(objects, container, told)]).toEqual([]);
  });
});

describe('the broker of overlays/dev', () => {
  const objects = render('overlays/dev');
  const [broker] = longRunning(objects).filter(({ name }) => name === 'nats');
  const [container] = broker?.pod.containers ?? [];
  const keys =
    container && broker && toldBy(objects, container, broker.pod).files['/etc/nats/nats-keys.conf'];

  it.each(services)('is told the public key of the seed of %s', (name) => {
    const { told } = ours(objects).find((one) => one.container.name === name) ?? { told: undefined };
    const seed = told?.files['/run/secrets/waystop/NATS_NKEY_SEED'] ?? '';
    expect(keys).toContain(`${name.toUpperCase()}_NKEY: ${publicKeyOf(seed)}\n`);
  });
});

describe('a wrong environment', () => {
  const objects = render('overlays/production');
  const accounts = ours(objects).find(({ container }) => container.name === 'accounts');
  const told = accounts?.told ?? { env: {}, files: {} };
  const change = (env: Record<string, string>): Told => ({ ...told, env: { ...told.env, ...env } });

  it.each([
    ['a misspelt name', change({ DATABSE_POOL_SIZE: '5' }), 'DATABSE_POOL_SIZE is read by nobody'],
    ['a wrong number', change({ DATABASE_POOL_SIZE: 'many' }), 'DATABASE_POOL_SIZE'],
    ['a file that is not mounted', change({ ADMIN_KEY_FILE: '/run/secrets/waystop/ADMIN' }), 'ENOENT'],
    ['nothing at all', { env: {}, files: {} }, 'NATS_URL'],
  ])('shows: %s', async (_title, wrong, fault) => {
    expect(settingsFaults(await settingsOf(['accounts']), wrong).join('\n')).toContain(fault);
  });
});

function portFaults(container: Container, { env }: Told): string[] {
  const expected: [string, string][] = [
    ['PORT', 'http'],
    ['HEALTH_PORT', 'health'],
  ];
  return expected
    .filter(([name, port]) => env[name] !== undefined && Number(env[name]) !== portOf(container, port))
    .map(([name]) => `${name} is no port of the container`);
}

function serverFaults(objects: readonly KubernetesObject[], container: Container, told: Told): string[] {
  const urls = [...Object.values(told.env), ...Object.values(told.files)].filter((value) =>
    /^(nats|postgres):/.test(value),
  );
  const unknown = urls.filter((url) => !isServed(objects, new URL(url)));
  const service = container.args?.at(-1) ?? '';
  const url = Object.entries(told.files).find(([file]) => file.endsWith('/DATABASE_URL'))?.[1];
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
