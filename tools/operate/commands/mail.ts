import { runServiceCommand } from './run-service-command.js';

/** `npm run mail -- hold | release | status`. @returns the exit code */
export function npmMail(args: readonly string[]): Promise<number> {
  return runServiceCommand('notifications', ['mail', ...args]);
}
