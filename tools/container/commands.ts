import { databaseServiceNames, serviceNames, services } from '#contracts';

/** What the image runs: a compiled file, seen from the top of the build, and the arguments left for it. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

interface Command {
  readonly usage: string;
  readonly about: string;
  /** Undefined when the arguments make no sense. */
  readonly program: (args: readonly string[]) => Program | undefined;
}

/** Each command of the image, one entry each. */
export const commands: Readonly<Record<string, Command>> = {
  ...Object.fromEntries(
    serviceNames.map((name) => [name, { usage: name, about: services[name].about, program: serving(name) }]),
  ),
  migrate: ofService('migrate', databaseServiceNames, "bring one service's tables to this version"),
  doctor: ofService('doctor', serviceNames, "check all that a process needs, with that process's settings"),
  replay: ofService('replay', databaseServiceNames, "publish a service's states or events again"),
  'dead-letters': ofService(
    'dead-letters',
    databaseServiceNames,
    'list, replay or drop events that could not be applied',
  ),
  'sign-in-link': {
    usage: 'sign-in-link organizer',
    about: 'print a link that signs one browser in, once, within 15 minutes',
    program: (args) => ({ file: mainOf('accounts'), args: ['sign-in-link', ...args] }),
  },
  mail: {
    usage: 'mail hold|release|status',
    about: 'hold all mails about stops, send what waits, or say how it is',
    program: (args) => ({ file: mainOf('notifications'), args: ['mail', ...args] }),
  },
  backup: script('backup', 'backup <folder>', 'write a backup of all databases'),
  restore: script('restore', 'restore <folder>', 'put all databases back to a backup'),
  'delete-stream': script(
    'delete-stream',
    'delete-stream',
    'after another kind of restore: forget events of the time that is undone',
  ),
  databases: script('databases', 'databases', 'make the databases and their roles on a PostgreSQL server'),
  health: script('health', 'health [live|ready]', 'ask the process beside this one how it is'),
  'broker-users': script(
    'broker-users',
    'broker-users',
    'print the users of the broker, for its configuration',
  ),
  'make-secrets': script('make-secrets', 'make-secrets <folder>', 'write the secrets that are missing there'),
};

const mainOf = (service: string) => `apps/${service}/main.js`;

function serving(service: string): Command['program'] {
  return (args) => ({ file: mainOf(service), args: ['serve', ...args] });
}

/** A command of the service that the first argument names. */
function ofService(command: string, names: readonly string[], about: string): Command {
  const program = ([name = '', ...args]: readonly string[]) =>
    names.includes(name) ? { file: mainOf(name), args: [command, ...args] } : undefined;
  return { usage: `${command} <service>`, about, program };
}

function script(name: string, usage: string, about: string): Command {
  return { usage, about, program: (args) => ({ file: `tools/container/${name}.js`, args }) };
}

/** The program that the words of a command line mean, or undefined if they mean none. */
export function programOf([name = '', ...args]: readonly string[]): Program | undefined {
  return Object.hasOwn(commands, name) ? commands[name]?.program(args) : undefined;
}

/** All commands, one a line. */
export function usage(): string {
  const lines = Object.values(commands).map((command) => `  ${command.usage.padEnd(24)}${command.about}`);
  return ['Commands of this image:', ...lines, ''].join('\n');
}
