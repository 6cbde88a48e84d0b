import { runServiceCommand } from './run-service-command.js';

/** `npm run sign-in-link -- organizer`: prints a link that signs a browser in, once. @returns the exit code */
export function npmSignInLink(args: readonly string[]): Promise<number> {
  const { PORT: port } = process.env;
  return runServiceCommand('accounts', ['sign-in-link', ...args], port === undefined ? {} : { PORT: port });
}
