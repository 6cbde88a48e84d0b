import { parseArgs } from 'node:util';

export const parts = {
  start: 'npm start: the first time and later, and memory at rest',
  signups: 'company sign-ups a second, against S',
  S: 'registrations a second on one stop, whole path, 64 connections',
  A: 'PostgreSQL alone, one transaction a registration, 16 connections',
  B: 'PostgreSQL alone, 50 registrations a transaction, one writer',
  spread: 'S on 100 stops',
  following: 'S with notifications or matching following, against S without',
  followers: 'CPU time of those who follow registrations, an event and at rest',
  doors: 'check-ins with 64 connections, against S',
  sessions: 'sign-ups for one session, against S',
  export: 'a registration beside exports of 3,000 delegations, against alone',
  signins: 'a registration beside 10,000 sign-ins, against alone',
  import: 'a programme of a thousand talks goes in: how long',
  meetings: 'a thousand companies ask for meetings, and a plan of 300 is accepted: how long',
  wide: 'S with 512 connections',
  cold: 'S with companies whose keys no process has seen since its start',
  off: 'S with batching turned off',
  alone: 'one client alone, with and without batching',
  reads: 'public reads against a bare Fastify server',
  pages: 'public pages against a static file of the same bytes from the same process',
  fresh: 'how soon a read is right after a change',
  memory: 'memory of each process',
  deliveries: 'webhook deliveries a second, against a bare loop of undici',
  endpoints: 'a webhook among a thousand that hang, and memory with ten thousand, a hundred of them dead',
  mail: 'mails a second of an announcement to ten thousand people',
  streams: 'how soon 2,000 event streams have a change, one of them stalled',
  plans: 'plans of 300 and 1,500 meetings: how good, how fast, and how much it holds up others',
  scale: '300 stops, 450,000 registrations, 100,000 companies: reads, exports, search, S',
  pipe: 'outbox, stream and consumer against a bare publisher',
} as const;
export type Part = keyof typeof parts;

export interface BenchOptions {
  readonly parts: ReadonlySet<Part>;
  readonly companies: number;
  readonly rounds: number;
  /** Seconds of each run of reads. */
  readonly seconds: number;
  /** A folder for a CPU profile of each service; the browser's developer tools open them. */
  readonly profile: string | null;
}

export class WrongOption extends Error {}

export function usage(): string {
  const lines = Object.entries(parts).map(([name, what]) => `  ${name.padEnd(9)} ${what}`);
  return [
    'npm run bench -- [part ...] [--companies=10000] [--rounds=3] [--seconds=4] [--profile=FOLDER]',
    '',
    'Parts; without any named, all of them:',
    ...lines,
  ].join('\n');
}

/** @throws WrongOption */
export function readOptions(args: string[]): BenchOptions {
  const { values, positionals } = parsed(args);
  const known = Object.keys(parts) as Part[];
  const named = positionals.map((text) => {
    const part = known.find((one) => one.toLowerCase() === text.toLowerCase());
    if (part === undefined) throw new WrongOption(`There is no part "${text}".`);
    return part;
  });
  return {
    parts: new Set(named.length === 0 ? known : named),
    companies: wholeNumber('companies', values.companies, 10_000),
    rounds: wholeNumber('rounds', values.rounds, 3),
    seconds: wholeNumber('seconds', values.seconds, 4),
    profile: values.profile ?? null,
  };
}

function parsed(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = { companies: text, rounds: text, seconds: text, profile: text };
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new WrongOption(error instanceof Error ? error.message : String(error));
  }
}

function wholeNumber(name: string, given: string | undefined, otherwise: number): number {
  const number = given === undefined ? otherwise : Number(given);
  if (!Number.isInteger(number) || number < 1 || number > 99_999)
    throw new WrongOption(`--${name} is a whole number from 1 to 99999.`);
  return number;
}
