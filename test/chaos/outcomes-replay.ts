import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { replayStates } from '#persistence';
import { loadService } from '../../tools/dev/system/load-service.js';
import { ApiClient, type Answer } from '../support/client.js';
import type { World } from './scenario.js';

const sources = ['accounts', 'stops', 'registrations', 'sessions', 'matching'] as const;
const patienceMs = 90_000;
const pauseMs = 100;

/** Repeats what is answered by 503, or not at all, until it is acknowledged; a POST has one effect by its key. */
export class PatientClient extends ApiClient {
  override with(apiKey: string): PatientClient {
    return new PatientClient(this.url, apiKey);
  }

  override async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const key = method === 'POST' ? { 'idempotency-key': randomUUID() } : {};
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const answer = await super.send(method, path, body, { ...key, ...headers }).catch(() => null);
      if (answer !== null && answer.status !== 503) return answer;
      if (Date.now() > deadline) throw new Error(`${method} ${path} was not answered.`);
      await sleep(pauseMs);
    }
  }
}

/** Breaks every connection of outcomes to its database, whatever it does at the moment. */
export async function breakConnections({ databases }: World): Promise<void> {
  await databases.rows(
    'outcomes',
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );
}

/** Takes every copy away that outcomes has of others' things; of a meeting that something rests on, what is known of it. */
export async function emptyCopies({ databases }: World): Promise<void> {
  for (const table of ['stops', 'companies', 'registrations', 'check_ins', 'sessions', 'listings'])
    await databases.rows('outcomes', `DELETE FROM ${table}`);
  await databases.rows(
    'outcomes',
    `DELETE FROM meetings WHERE NOT EXISTS (SELECT FROM follow_ups WHERE meeting_id = meetings.id)
       AND NOT EXISTS (SELECT FROM meeting_outcomes WHERE meeting_id = meetings.id)`,
  );
  await databases.rows('outcomes', `UPDATE meetings SET status = 'requested', ends_at = NULL, version = 0`);
}

/** Has the owners publish the present states of everything once more, as `npm run replay` does. */
export async function replayEverything({ system }: World): Promise<void> {
  for (const name of sources) {
    const { dataSource, replayables } = (await loadService(name)).database;
    const source = dataSource({ url: system.databaseUrl(name), name: 'replay', poolSize: 2 });
    await source.initialize();
    await replayStates(source, replayables);
    await source.destroy();
  }
}
