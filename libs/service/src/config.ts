import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { samplerNames } from '#tracing';

/** Settings of every process. Each app's `config.ts` adds its own. */
export const processSettings = {
  /** The port of health and metrics; never opened to the public. */
  HEALTH_PORT: z.coerce.number().int().min(1).max(65_535),
  HEALTH_HOST: z.string().default('127.0.0.1'),
  /** Where an OpenTelemetry collector takes traces (OTLP over HTTP); without it none are made. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'must be the URL of a collector, such as http://127.0.0.1:4318' })
    .optional(),
  /** Which traces are kept; all of them, unless it says otherwise. */
  OTEL_TRACES_SAMPLER: z.enum(samplerNames).optional(),
  /** The share of traces that the ratio samplers keep. */
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
};

/** Settings of every process that talks to the broker. */
export const brokerSettings = {
  NATS_URL: z.string().min(1, 'must be the URL of a NATS server, such as nats://127.0.0.1:4222'),
  /** The seed of this service's nkey, where the broker demands one. */
  NATS_NKEY_SEED: z
    .string()
    .regex(/^SU[A-Z2-7]{56}$/, 'must be the seed of a user (SU and 56 letters and digits)')
    .optional(),
  /** Copies of the event stream, where the broker is a cluster; one if not set. */
  STREAM_REPLICAS: z.coerce.number().int().min(1).max(5).optional(),
};

/** Settings of every process with a database. */
export const databaseSettings = {
  DATABASE_URL: z
    .string()
    .regex(
      /^postgres(ql)?:\/\//,
      'must be a PostgreSQL URL, such as postgres://user:password@host:5432/stops',
    ),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(1).max(200).default(10),
};

/**
 * Reads the environment once into a typed object. A variable `X_FILE` names a file that holds the value of `X`,
 * so secrets can be mounted instead of passed.
 * @throws ConfigError naming every wrong value at once
 */
export function readConfig<Shape extends z.ZodRawShape>(
  shape: Shape,
  environment: NodeJS.ProcessEnv = process.env,
  faultsOf: FaultsOf = () => [],
): z.output<z.ZodObject<Shape>> {
  const values = Object.fromEntries(Object.keys(shape).map((name) => [name, valueOf(name, environment)]));
  const result = z.object(shape).safeParse(values);
  if (!result.success)
    throw new ConfigError(result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  const faults = faultsOf(result.data as never);
  if (faults.length > 0) throw new ConfigError(faults);
  return result.data;
}

/** What is wrong with settings that are right each for itself. */
export type FaultsOf = (config: never) => string[];

function valueOf(name: string, environment: NodeJS.ProcessEnv): string | undefined {
  const file = environment[`${name}_FILE`];
  if (file !== undefined && file !== '') return readFileSync(file, 'utf8').trim();
  const value = environment[name];
  return value === '' ? undefined : value;
}

/** Reads the environment, or names every wrong value and ends the process with code 1. */
export function readConfigOrExit<Shape extends z.ZodRawShape>(
  shape: Shape,
  environment: NodeJS.ProcessEnv = process.env,
  faultsOf: FaultsOf = () => [],
): z.output<z.ZodObject<Shape>> {
  try {
    return readConfig(shape, environment, faultsOf);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/** Wrong or missing settings, all of them. */
export class ConfigError extends Error {
  constructor(readonly faults: string[]) {
    super(`Wrong settings:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}
