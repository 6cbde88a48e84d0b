import { resolve } from 'node:path';
import { z } from 'zod';

/** What the environment says about a start. What is null is made here, and kept or found. */
export interface Settings {
  readonly port: number;
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  readonly natsUrl: string | null;
  readonly adminKey: string | null;
  readonly organizerKey: string | null;
  readonly rateLimitPerMinute: number;
  readonly logLevel: string;
  /** Mail settings of notifications; without `SMTP_URL` a mail catcher is started. */
  readonly mail?: MailEnvironment;
}

/** Only what is set. */
export type MailEnvironment = Readonly<Partial<Record<MailVariable, string>>>;
type MailVariable = (typeof MAIL_VARIABLES)[number];
const MAIL_VARIABLES = [
  'SMTP_URL',
  'MAIL_FROM',
  'MAIL_MODE',
  'MAIL_CAPTURE_TO',
  'MAIL_RATE_PER_MINUTE',
] as const;
const MAIL_MODES = ['off', 'capture', 'send'];

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const HIGHEST_RATE = 1_000_000;
const LONGEST_RETENTION = 36_500;

const wholeNumber = (lowest: number, highest: number, advice: string) =>
  z
    .string()
    .refine((text) => /^\d{1,7}$/.test(text) && Number(text) >= lowest && Number(text) <= highest, {
      error: `is not a whole number from ${lowest} to ${highest}. ${advice}`,
    })
    .transform(Number);

const serverUrl = (protocols: readonly string[], example: string, advice: string) =>
  z.string().refine((text) => text.split(',').every((one) => isUrl(one, protocols)), {
    error: `is not a URL such as ${example}. ${advice}`,
  });

const key = z.string().regex(/^[\x21-\x7e]{32,200}$/, {
  error:
    'is not 32 to 200 visible ASCII characters (no spaces). ' +
    'Make one with `openssl rand -hex 32`, or unset it and one is made.',
});

const environment = z
  .object({
    PORT: wholeNumber(1, 65_535, 'Set it to a free port, or unset it for 3000.').default(3_000),
    DATA_DIR: z
      .string()
      .min(1, { error: 'is empty. Set it to a folder, or unset it for .data.' })
      .default('.data'),
    DATABASE_URL: serverUrl(
      ['postgres:', 'postgresql:'],
      'postgres://user:password@host:5432/postgres',
      'Correct it, or unset it and PostgreSQL is started here.',
    ).optional(),
    NATS_URL: serverUrl(
      ['nats:', 'tls:'],
      'nats://host:4222',
      'Correct it, or unset it and nats-server is started here.',
    ).optional(),
    ADMIN_KEY: key.optional(),
    ORGANIZER_KEY: key.optional(),
    RATE_LIMIT_PER_MINUTE: wholeNumber(
      0,
      HIGHEST_RATE,
      'Set it to the requests that one caller may make a minute, to 0 for no limit, or unset it for 600.',
    ).default(600),
    // Handed on as it is to the services that keep personal data; looked at here, so that a wrong one is named at once.
    RETENTION_DAYS: z
      .string()
      .refine((text) => text === '' || (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= LONGEST_RETENTION), {
        error: `is not a whole number from 1 to ${LONGEST_RETENTION}. Set it to the days after which personal data of ended stops go, or unset it and they stay.`,
      })
      .optional(),
    SMTP_URL: serverUrl(
      ['smtp:', 'smtps:'],
      'smtp://user:password@host:587',
      'Correct it, or unset it and a mail catcher is started here.',
    ).optional(),
    MAIL_FROM: z
      .string()
      .regex(/^[^\s@]+@[^\s@]+$|<[^\s@<>]+@[^\s@<>]+>$/, {
        error: 'is not an address such as Waystop <tour@example.org>. Set it to the sender of all mails.',
      })
      .optional(),
    MAIL_MODE: z
      .enum(MAIL_MODES, { error: `is not one of ${MAIL_MODES.join(', ')}. Unset it for send.` })
      .optional(),
    // Handed on to every service as well.
    OTEL_EXPORTER_OTLP_ENDPOINT: z
      .string()
      .refine((text) => text === '' || isUrl(text, ['http:', 'https:']), {
        error: 'is not a URL such as http://127.0.0.1:4318. Set it to a collector of traces, or unset it.',
      })
      .optional(),
    LOG_LEVEL: z
      .enum(LOG_LEVELS, { error: `is not one of ${LOG_LEVELS.join(', ')}. Unset it for warn.` })
      .default('warn'),
  })
  .refine((values) => values.ADMIN_KEY === undefined || values.ADMIN_KEY !== values.ORGANIZER_KEY, {
    path: ['ORGANIZER_KEY'],
    error:
      'is the same as ADMIN_KEY, so one key would have two roles. Set another, or unset it and one is made.',
    // Also asked when another setting is wrong, so that all of them are named at once.
    when: () => true,
  });

/** What stands in none of them was left empty, as compose files do. */
function mailOf(env: Environment): MailEnvironment {
  const given = MAIL_VARIABLES.flatMap((name) => (env[name] ? [[name, env[name]] as const] : []));
  return Object.fromEntries(given);
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Either the settings, or every wrong one in a sentence that says what is wrong and what to do. */
export function parseSettings(env: Environment): { settings: Settings } | { wrong: string[] } {
  const parsed = environment.safeParse(env);
  if (!parsed.success) return { wrong: parsed.error.issues.map((issue) => sentence(issue, env)) };
  const values = parsed.data;
  return {
    settings: {
      port: values.PORT,
      dataDir: resolve(values.DATA_DIR),
      databaseUrl: values.DATABASE_URL ?? null,
      natsUrl: values.NATS_URL ?? null,
      adminKey: values.ADMIN_KEY ?? null,
      organizerKey: values.ORGANIZER_KEY ?? null,
      rateLimitPerMinute: values.RATE_LIMIT_PER_MINUTE,
      logLevel: values.LOG_LEVEL,
      mail: mailOf(env),
    },
  };
}

function sentence(issue: { path: PropertyKey[]; message: string }, env: Environment): string {
  const name = String(issue.path[0]);
  return `${name} ${shown(name, env[name] ?? '')}${issue.message}`;
}

/** Values are shown, but keys and URLs (which may hold a password) are not: a terminal's output gets copied around. */
function shown(name: string, value: string): string {
  if (name.endsWith('_KEY')) return `(length ${value.length}) `;
  return /_(URL|ENDPOINT)$/.test(name) || value === '' ? '' : `(${JSON.stringify(value)}) `;
}

function isUrl(text: string, protocols: readonly string[]): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return protocols.includes(url.protocol) && url.hostname !== '';
}
