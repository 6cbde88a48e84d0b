import { parseArgs } from 'node:util';
import {
  dropDeadLetters,
  listDeadLetters,
  replayOutbox,
  replayStates,
  requestReplay,
  type Replayable,
} from '#persistence';
import { databaseSettings, readConfigOrExit } from './config.js';
import type { DataSource, OwnCommand, ServiceDatabase } from './definition.js';

const usage = `Commands:
  replay                   publish the present states of all aggregates again
  replay --aggregate ID    ... of one aggregate
  replay --from TIME       publish again what was published since an instant (RFC 3339), under the same ids
  dead-letters list        one JSON line a letter
  dead-letters replay --id ID | --all   have the running service apply them again
  dead-letters drop --id ID | --all     delete them for good`;

/** A command that was written wrongly; its message says how to write it. */
export class WrongCommand extends Error {}

/** The commands `replay` and `dead-letters` of a service's process, which need nothing but its database. */
export async function runAdmin(
  { dataSource, replayables }: Pick<ServiceDatabase, 'dataSource' | 'replayables'>,
  args: string[],
): Promise<void> {
  await onDatabase(dataSource, async (open) => commandOf(args)(await open(), replayables));
}

/** A command that one service has for itself. */
export async function runOwnCommand(
  { dataSource }: Pick<ServiceDatabase, 'dataSource'>,
  command: OwnCommand,
  args: readonly string[],
): Promise<void> {
  await onDatabase(dataSource, async (open) => command(await open(), args));
}

/** Prints what `run` returns, or what went wrong. A command that was written wrongly opens no connection. */
async function onDatabase(
  dataSource: ServiceDatabase['dataSource'],
  run: (open: () => Promise<DataSource>) => Promise<string>,
): Promise<void> {
  const config = readConfigOrExit(databaseSettings);
  const source = dataSource({ url: config.DATABASE_URL, name: 'admin', poolSize: 2 });
  try {
    process.stdout.write(await run(() => source.initialize()));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = error instanceof WrongCommand ? 2 : 1;
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}

type Command = (source: DataSource, replayables: readonly Replayable[]) => Promise<string>;

/** @throws WrongCommand before anything is touched */
function commandOf(args: string[]): Command {
  const { positionals, values } = parse(args);
  const [command, action] = positionals;
  if (command === 'replay' && positionals.length === 1) return replayCommand(values);
  if (command === 'dead-letters' && positionals.length === 2) {
    if (action === 'list') return list;
    if ((action === 'replay' || action === 'drop') && (values.all === true) !== (values.id !== undefined))
      return (source) => decide(source, action, values.id);
  }
  throw new WrongCommand(usage);
}

function parse(args: string[]) {
  const text = { type: 'string' as const };
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { aggregate: text, from: text, id: text, all: { type: 'boolean' } },
    });
  } catch (error) {
    throw new WrongCommand(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function replayCommand({ aggregate, from }: { aggregate?: string; from?: string }): Command {
  if (from === undefined) {
    return async (source, replayables) =>
      countLine(
        await replayStates(source, replayables, aggregate),
        'events were written and will be published',
      );
  }
  const since = new Date(from);
  if (Number.isNaN(since.getTime()) || aggregate !== undefined) throw new WrongCommand(usage);
  return async (source) => countLine(await replayOutbox(source, since), 'events will be published again');
}

async function list(source: DataSource): Promise<string> {
  const letters = await listDeadLetters(source);
  return letters.map((letter) => `${JSON.stringify(letter)}\n`).join('');
}

async function decide(
  source: DataSource,
  action: 'replay' | 'drop',
  id: string | undefined,
): Promise<string> {
  if (action === 'drop') return countLine(await dropDeadLetters(source, id), 'dead letters were dropped');
  return countLine(
    await requestReplay(source, id),
    'dead letters will be applied again; list shows what fails once more',
  );
}

function countLine(count: number, what: string): string {
  return `${count} ${what}.\n`;
}
