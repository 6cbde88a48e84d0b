import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { databaseUrlOf, maintenanceUrl } from '../../tools/dev/system/databases.js';
import { natsAnswers } from '../../tools/dev/system/nats.js';

/** A database of a test's own, empty. */
export async function ownDatabase(prefix: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const server = process.env['TEST_DATABASE_URL'];
  if (server === undefined) throw new Error('TEST_DATABASE_URL is not set: run this with npm test.');
  const name = `${prefix}_${randomUUID().slice(0, 8)}`;
  await onServer(server, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`);
  return {
    url: databaseUrlOf(server, name),
    drop: () => onServer(server, `DROP DATABASE ${name} WITH (FORCE)`),
  };
}

async function onServer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: maintenanceUrl(server) });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/**
 * A nats-server of a test's own. Test files that run side by side and play the same services would answer each
 * other's requests on a shared one.
 */
export async function ownNats(): Promise<{ url: string; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'waystop-nats-'));
  // The server takes a port itself: nobody can take it between a look and the start.
  const child = spawn('nats-server', ['-a', '127.0.0.1', '-p', '-1', '-js', '-sd', folder], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  // A test that fails before it stops this server must not leave it behind.
  process.once('exit', () => child.kill('SIGKILL'));
  const url = `nats://127.0.0.1:${await portOf(child)}`;
  await natsAnswers(url, AbortSignal.timeout(60_000));
  return {
    url,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(3_000, undefined, { ref: false })]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The port on which a nats-server says that it listens. */
function portOf(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let log = '';
    server.stderr?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
      const port = /Listening for client connections on \S+:(\d+)/.exec(log)?.[1];
      if (port !== undefined) resolve(port);
    });
    server.once('error', reject);
    server.once('exit', () => reject(new Error(`nats-server does not start: ${log}`)));
  });
}
