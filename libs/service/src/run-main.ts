import type { PlainServiceDefinition, ServiceDefinition } from './definition.js';
import { runAdmin } from './admin.js';
import { runDoctor } from './doctor/run-doctor.js';
import { runMigrations } from './migrate.js';
import { serve } from './serve.js';

type Command = (args: string[]) => Promise<void>;

/** Of sysexits.h: the command line makes no sense. */
const exitUsage = 64;

/**
 * The main function of a service's `main.ts`: the first argument names the command, which reads its settings from the
 * environment. Without one the service runs.
 */
export async function runMain(
  definition: ServiceDefinition | PlainServiceDefinition,
  [name = 'serve', ...args] = process.argv.slice(2),
): Promise<void> {
  const commands = commandsOf(definition);
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) {
    process.stderr.write(`Usage: main.js ${Object.keys(commands).join(' | ')}\n`);
    process.exitCode = exitUsage;
    return;
  }
  await command(args);
}

function commandsOf(
  definition: ServiceDefinition | PlainServiceDefinition,
): Readonly<Record<string, Command>> {
  const doctor: Command = (args) => runDoctor(definition, args);
  if (!('database' in definition)) return { serve: definition.serve, doctor };
  return {
    serve: () => serve(definition),
    migrate: () => runMigrations(definition.database),
    doctor,
    replay: (args) => runAdmin(definition.database, ['replay', ...args]),
    'dead-letters': (args) => runAdmin(definition.database, ['dead-letters', ...args]),
  };
}
