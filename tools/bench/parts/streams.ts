import { ApiClient, must } from '../../../test/support/client.js';
import { inOwnProcess } from '../in-own-process.js';
import type { MeasuredSystem } from '../measured-system.js';
import type { StreamsPlan, StreamsResult } from '../outside/streams-process.js';
import { ms } from '../report.js';
import type { Run } from './run.js';

const keysCount = 400;
const streamsOfKey = 5;
const changes = 20;
const keysTogether = 20;
const mostBehindMs = 250;

/** As many streams as a gateway takes, one of which reads nothing: how soon the others have what happened. */
export async function measureStreams(run: Run, measured: MeasuredSystem): Promise<void> {
  const { url, organizerKey } = measured.system;
  const organizer = new ApiClient(url, organizerKey);
  const keys: string[] = [];
  for (let at = 0; at < keysCount; at += keysTogether) {
    const some = Array.from({ length: keysTogether }, () =>
      must(organizer.post('/v1/api-keys', { label: 'bench' })),
    );
    for (const { apiKey } of await Promise.all(some)) keys.push(apiKey as string);
  }
  const { id: stopId } = await measured.stops.openStop();
  const before = measured.memoryMb().gateway;
  const { streams, p50Ms, p99Ms, longestMs, missing } = await inOwnProcess<StreamsPlan, StreamsResult>(
    new URL('../outside/streams-process.ts', import.meta.url),
    { url, organizerKey, keys, streamsOfKey, stopId, changes },
  );
  const after = measured.memoryMb().gateway;
  const what = `a change reaches ${streams.toLocaleString('en')} event streams, one of them stalled`;
  run.report.add({
    what,
    figure: `p50 ${ms(p50Ms)}, p99 ${ms(p99Ms)}, longest ${ms(longestMs)}; ${missing} missing`,
    must: { text: `p99 ≤ ${ms(mostBehindMs)}, none missing`, met: p99Ms <= mostBehindMs && missing === 0 },
  });
  run.report.add({
    what: 'memory of the gateway, before → after the streams',
    figure: `${Math.round(before)} → ${Math.round(after)} MB`,
  });
}
