import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Passes signals on to the child process, and ends as it ends. */
export function endWith(child) {
  for (const name of SIGNALS) process.on(name, () => child.kill(name));
  child.once('error', (error) => {
    console.error(error.message);
    process.exit(1);
  });
  child.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
