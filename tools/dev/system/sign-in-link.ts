import { databaseUrlOf } from './databases.js';
import { inheritedEnv } from './inherited-env.js';
import { mainOf } from './main-of.js';
import { runToEnd } from './run-to-end.js';

/** Makes a link that signs one browser in as the first organizer, once. */
export async function makeSignInLink(databaseUrl: string, port: number): Promise<string> {
  const { PUBLIC_URL: publicUrl } = process.env;
  const env = {
    ...inheritedEnv(process.env),
    PORT: String(port),
    ...(publicUrl ? { PUBLIC_URL: publicUrl } : {}),
    DATABASE_URL: databaseUrlOf(databaseUrl, 'accounts'),
  };
  const printed = await runToEnd(process.execPath, [mainOf('accounts'), 'sign-in-link', 'organizer'], {
    env,
  });
  return printed.trim();
}
