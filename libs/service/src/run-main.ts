import type { PlainServiceDefinition, ServiceDefinition } from './definition.js';

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

/** Each command loads what it needs when it is called: the gateway has no use for an ORM. */
function commandsOf(
  definition: ServiceDefinition | PlainServiceDefinition,
): Readonly<Record<string, Command>> {
  const doctor: Command = async (args) =>
    (await import('./doctor/run-doctor.js')).runDoctor(definition, args);
  if (!('database' in definition)) return { serve: definition.serve, doctor };
  const admin =
    (name: string): Command =>
    async (args) =>
      (await import('./admin.js')).runAdmin(definition.database, [name, ...args]);
  return {
    serve: async () => (await import('./serve.js')).serve(definition),
    migrate: async () => (await import('./migrate.js')).runMigrations(definition.database),
    doctor,
    replay: admin('replay'),
    'dead-letters': admin('dead-letters'),
    ...ownCommands(definition),
  };
}

function ownCommands({ database, commands = {} }: ServiceDefinition): Record<string, Command> {
  const run =
    (load: NonNullable<ServiceDefinition['commands']>[string]): Command =>
    async (args) =>
      (await import('./admin.js')).runOwnCommand(database, await load(), args);
  return Object.fromEntries(Object.entries(commands).map(([name, load]) => [name, run(load)]));
}
