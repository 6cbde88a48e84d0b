import { programOf, usage } from './commands.js';

const words = process.argv.slice(2);
const program = programOf(words);

if (program === undefined) {
  const isHelp = words[0] === 'help';
  (isHelp ? process.stdout : process.stderr).write(usage());
  process.exit(isHelp ? 0 : 64);
}

// The first process of a container ignores the signals that it does not handle, and a service handles them only
// once it is up. Until then there is nothing to drain.
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    if (process.listenerCount(signal) === 1) process.exit(143);
  });
}

const url = new URL(`../../${program.file}`, import.meta.url);
process.argv.splice(1, process.argv.length, url.pathname, ...program.args);
process.title = ['node', program.file, ...program.args].join(' ');
// The program runs in this process and not in a child, so signals and exit codes need no forwarding.
await import(/* webpackIgnore: true */ url.href);
