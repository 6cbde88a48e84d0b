import { existsSync } from 'node:fs';
import { keptSecrets, secretsFile } from '../dev/system/kept-secrets.js';
import { freePort } from '../dev/system/ports.js';
import type { Settings } from '../dev/system/settings.js';
import { makeSignInLink } from '../dev/system/sign-in-link.js';
import { StartFailure } from '../dev/system/start-failure.js';
import { MAIL_PAGE_OFFSET, System } from '../dev/system/system.js';
import { serverUrl } from '../operate/commands/running-servers.js';
import type { DemoTarget } from './demo.js';

const readyTimeoutMs = 3_000;

/** A system to run against, and how to leave it as it was found. */
export interface FoundSystem extends DemoTarget {
  readonly startedHere: boolean;
  /** Where caught mails are shown; null where none are caught. */
  readonly mailPageUrl: string | null;
  readonly signInLink: () => Promise<string | null>;
  leave(): Promise<void>;
}

/** The system on PORT where one runs, else one that is started on a free port, with the data of DATA_DIR. */
export async function findSystem(settings: Settings, say: (line: string) => void): Promise<FoundSystem> {
  const url = `http://127.0.0.1:${settings.port}`;
  if (await isReady(url)) return useRunning(url, settings);
  say(`No Waystop answers on ${url} (PORT says where to look), so the demo starts one ...`);
  const port = await freePort();
  const system = new System({ ...settings, port, mailCatcher: true });
  stopWithThisProcess(system);
  await system.start();
  say(`It runs on port ${port}, with its data in ${settings.dataDir}.\n`);
  const { organizerKey } = system.settings;
  return {
    url: `http://127.0.0.1:${port}`,
    organizerKey,
    startedHere: true,
    mailPageUrl: system.mailPageUrl,
    // It stops with the demo.
    signInLink: () => Promise.resolve(null),
    leave: () => system.stop(),
  };
}

/** However the demo ends, also when nobody reads its output any more (EPIPE), no process stays behind. */
function stopWithThisProcess(system: System): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(name, () => void system.stop().then(() => process.exit(130)));
  process.on('uncaughtException', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') console.error(error);
    void system.stop().then(() => process.exit(1));
  });
}

async function useRunning(url: string, settings: Settings): Promise<FoundSystem> {
  const organizerKey = settings.organizerKey ?? keptKey(settings.dataDir);
  const advice = 'Set ORGANIZER_KEY to the key that its start printed, or DATA_DIR to its folder.';
  if (organizerKey === null)
    throw new StartFailure(`Waystop runs on ${url}, but no organizer's key for it is known.`, advice);
  const me = await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${organizerKey}` } });
  if (!me.ok)
    throw new StartFailure(`Waystop on ${url} does not know the organizer's key (${me.status}).`, advice);
  const mailPageUrl = await mailPageOf(settings.port);
  return {
    url,
    organizerKey,
    startedHere: false,
    mailPageUrl,
    signInLink: () => linkOf(settings.port),
    leave: () => Promise.resolve(),
  };
}

/** Null for a system whose database can't be reached from here. */
async function linkOf(port: number): Promise<string | null> {
  try {
    return await makeSignInLink(serverUrl(process.env), port);
  } catch {
    return null;
  }
}

/** The page of the mail catcher that `npm start` runs beside a system on a port. */
async function mailPageOf(port: number): Promise<string | null> {
  const url = `http://127.0.0.1:${port + MAIL_PAGE_OFFSET}`;
  try {
    const response = await fetch(`${url}/mails.json`, { signal: AbortSignal.timeout(readyTimeoutMs) });
    return Array.isArray(await response.json()) ? url : null;
  } catch {
    return null;
  }
}

function keptKey(dataDir: string): string | null {
  return existsSync(secretsFile(dataDir)) ? keptSecrets(dataDir).organizerKey : null;
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(readyTimeoutMs) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
