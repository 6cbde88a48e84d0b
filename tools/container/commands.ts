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

const withDatabase = ['accounts', 'stops', 'registrations', 'sessions'];

/** Each command of the image, one entry each. */
export const commands: Readonly<Record<string, Command>> = {
  gateway: service('gateway', 'the HTTP edge'),
  accounts: service('accounts', 'organizations, companies, API keys'),
  stops: service('stops', 'tours and stops'),
  registrations: service('registrations', 'delegations and seats'),
  sessions: service('sessions', 'sharing sessions and timetables'),
  migrate: ofService('migrate', 'migrate', "bring one service's tables to this version"),
  doctor: {
    usage: 'doctor <service>',
    about: "look at all that a process needs, with that process's settings",
    program: ([name = '', ...args]) =>
      [...withDatabase, 'gateway'].includes(name) ? { file: `apps/${name}/src/doctor.js`, args } : undefined,
  },
  replay: ofService('replay', 'ops', "tell a service's states or events again", ['replay']),
  'dead-letters': ofService('dead-letters', 'ops', 'list, replay or drop what could not be applied', [
    'dead-letters',
  ]),
  backup: script('backup', 'backup <folder>', 'write a backup of all four databases'),
  restore: script('restore', 'restore <folder>', 'put all four databases back to a backup'),
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

function service(name: string, about: string): Command {
  return { usage: name, about, program: (args) => ({ file: `apps/${name}/src/main.js`, args }) };
}

/** A file that each service with a database has, for the service that the command's first argument names. */
function ofService(command: string, file: string, about: string, first: readonly string[] = []): Command {
  const program = ([name = '', ...args]: readonly string[]) =>
    withDatabase.includes(name)
      ? { file: `apps/${name}/src/${file}.js`, args: [...first, ...args] }
      : undefined;
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
