import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { drainBudgetMs } from '../../libs/service/src/shutdown.js';
import { writeMissingSecrets } from '../../tools/container/secrets.js';
import { composeSchema } from './compose-schema.js';
import type { ContainerSettings } from './container-settings.js';

export interface ComposeService {
  image: string;
  command?: string[];
  environment?: Record<string, string | number>;
  secrets?: string[];
  configs?: { source: string; target: string }[];
  volumes?: string[];
  networks: string[];
  ports?: string[];
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: { disable?: boolean; test?: string[] };
  stop_grace_period?: string;
  restart?: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
}

export interface Compose {
  services: Record<string, ComposeService>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, object>;
  configs: Record<string, { file: string }>;
  secrets: Record<string, { file: string }>;
}

/** docker-compose.yml with its anchors merged, and with the defaults of the variables that nobody has set. */
export function readCompose(): Compose {
  const text = readFileSync(join(projectRoot, 'docker-compose.yml'), 'utf8');
  return withDefaults(parse(text, { merge: true, maxAliasCount: -1 })) as Compose;
}

function withDefaults(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1');
  if (Array.isArray(value)) return value.map(withDefaults);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withDefaults(one)]));
}

/** What `make-secrets` writes, by the names of the files: one installation's, so that what belongs together agrees. */
export const madeSecrets: Readonly<Record<string, string>> = makeSecrets();

function makeSecrets(): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'waystop-secrets-'));
  try {
    writeMissingSecrets(folder);
    const files = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]);
    return Object.fromEntries(files) as Record<string, string>;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const isOurs = ({ image }: ComposeService) => image.startsWith('waystop:');
export const isService = (one: ComposeService) => isOurs(one) && one.healthcheck?.disable !== true;

/** The settings of a service's containers. */
export function settingsInCompose({ environment = {}, secrets = [] }: ComposeService): ContainerSettings {
  const files = secrets.map((name) => [`/run/secrets/${name}`, madeSecrets[name] ?? '']);
  const env = Object.entries(environment).map(([name, value]) => [name, String(value)]);
  return {
    env: Object.fromEntries(env) as ContainerSettings['env'],
    files: Object.fromEntries(files) as ContainerSettings['files'],
  };
}

export interface ComposeRule {
  id: string;
  faults: (compose: Compose) => string[];
}

function eachService(
  id: string,
  isGood: (one: ComposeService, compose: Compose, name: string) => boolean,
): ComposeRule {
  return {
    id,
    faults: (compose) =>
      Object.entries(compose.services)
        .filter(([name, one]) => !isGood(one, compose, name))
        .map(([name]) => name),
  };
}

const validate = new Ajv({ strict: false, allErrors: true }).compile(composeSchema);

export const composeRules: readonly ComposeRule[] = [
  {
    id: 'known-words',
    faults: (compose) =>
      validate(compose)
        ? []
        : (validate.errors ?? []).map((one) => `${one.instancePath} ${JSON.stringify(one.params)}`),
  },
  eachService('references-exist', (one, compose) => missingReferences(one, compose).length === 0),
  eachService('waits-for-health', ({ depends_on = {} }, { services }) =>
    Object.entries(depends_on).every(([name, { condition }]) => suits(services[name], condition)),
  ),
  eachService('servers-are-near', (one, { services }) =>
    urlsOf(one).every(({ hostname }) =>
      services[hostname]?.networks.some((network) => one.networks.includes(network)),
    ),
  ),
  eachService(
    'only-the-gateway-is-published',
    ({ ports }, _compose, name) => (name === 'gateway') === (ports !== undefined),
  ),
  eachService(
    'stores-are-inside',
    (one, { networks }, name) =>
      name === 'gateway' || one.networks.every((network) => networks[network]?.internal),
  ),
  eachService('hardened', (one) =>
    [
      one.read_only,
      one.cap_drop?.includes('ALL'),
      one.security_opt?.includes('no-new-privileges:true'),
    ].every(Boolean),
  ),
  eachService('pinned-image', ({ image }) => /:\d+\.\d+[\w.-]*$/.test(image)),
  eachService('drains', (one) => !isService(one) || seconds(one.stop_grace_period) * 1000 > drainBudgetMs),
  eachService('restarts', (one) => (isOurs(one) && !isService(one)) === (one.restart === undefined)),
  eachService('no-secret-in-environment', ({ environment = {} }) =>
    Object.entries(environment).every(
      ([name, value]) =>
        (name.endsWith('_FILE') || !/password|secret|_key$|seed/i.test(name)) &&
        !/:\/\/[^/@:]*:[^@]+@/.test(String(value)),
    ),
  ),
  {
    id: 'secrets-are-made',
    faults: ({ secrets, configs }) => {
      const made = Object.keys(madeSecrets).map((name) => `${secretsFolder}${name}`);
      const named = [...Object.values(secrets), ...Object.values(configs)]
        .map((one) => one.file)
        .filter((file) => file.startsWith(secretsFolder));
      const unmade = named.filter((file) => !made.includes(file));
      return [...unmade, ...made.filter((file) => !named.includes(file))];
    },
  },
  {
    id: 'files-exist',
    faults: ({ configs }) =>
      Object.values(configs)
        .map((one) => one.file)
        .filter((file) => !file.startsWith(secretsFolder) && !existsSync(join(projectRoot, file))),
  },
  eachService('nobody-else-s-secret', (one, _compose, name) =>
    (one.secrets ?? []).every((secret) => mayHave(name, secret)),
  ),
];

const secretsFolder = 'deploy/secrets/';

/**
 * Owners' URLs are for migrations, for what makes the databases and for what restores them, which also may delete the
 * stream; what bears a service's name is for it alone.
 */
function mayHave(service: string, secret: string): boolean {
  if (service === 'databases') return secret === 'postgres-password' || secret.endsWith('database-url');
  if (service === 'recovery')
    return secret === 'operator-nats-seed' || secret.endsWith('-owner-database-url');
  if (service.startsWith('migrate-'))
    return secret === `${service.replace('migrate-', '')}-owner-database-url`;
  const shared = {
    postgres: ['postgres-password'],
    accounts: ['admin-key', 'organizer-key', 'key-secret'],
    notifications: ['webhook-secret'],
    outcomes: ['code-secret'],
    gateway: ['web-secret'],
    web: ['web-secret'],
  };
  const own = [`${service}-nats-seed`, `${service}-database-url`];
  return [...own, ...(shared[service as keyof typeof shared] ?? [])].includes(secret);
}

function missingReferences(one: ComposeService, compose: Compose): string[] {
  const files = Object.entries(one.environment ?? {}).filter(([name]) => name.endsWith('_FILE'));
  return [
    ...(one.secrets ?? []).filter((name) => !(name in compose.secrets)),
    ...(one.configs ?? []).map((config) => config.source).filter((name) => !(name in compose.configs)),
    ...(one.volumes ?? [])
      .map((volume) => volume.split(':')[0] ?? '')
      .filter((name) => !(name in compose.volumes)),
    ...one.networks.filter((name) => !(name in compose.networks)),
    ...Object.keys(one.depends_on ?? {}).filter((name) => !(name in compose.services)),
    ...files
      .map(([, file]) => String(file))
      .filter((file) => !one.secrets?.includes(file.replace('/run/secrets/', ''))),
  ];
}

/** Health can be waited for only where it is looked at, and an end only of what ends. */
function suits(target: ComposeService | undefined, condition: string): boolean {
  const looksAtHealth = target?.healthcheck?.test !== undefined && target.healthcheck.disable !== true;
  if (condition === 'service_healthy') return looksAtHealth;
  return (
    condition === 'service_completed_successfully' && target !== undefined && target.restart === undefined
  );
}

function urlsOf(one: ComposeService): URL[] {
  const { env, files } = settingsInCompose(one);
  return [...Object.values(env), ...Object.values(files)]
    .filter((value) => /^(nats|postgres):\/\//.test(value))
    .map((value) => new URL(value));
}

function seconds(duration: string | undefined): number {
  return Number(/^(\d+)s$/.exec(duration ?? '10s')?.[1]);
}
