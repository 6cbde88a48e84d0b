import { runServiceCommand } from './run-service-command.js';

/** `npm run sign-in-link -- organizer`: prints a link that signs a browser in, once. @returns the exit code */
export function npmSignInLink(args: readonly string[]): Promise<number> {
  const { PORT: port, PUBLIC_URL: publicUrl } = process.env;
  return runServiceCommand('accounts', ['sign-in-link', ...args], {
    ...(port ? { PORT: port } : {}),
    ...(publicUrl ? { PUBLIC_URL: publicUrl } : {}),
  });
}
