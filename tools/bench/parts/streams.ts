import { ApiClient, must } from '../../../test/support/client.js';
import { Proxy } from '../../../test/proxies/proxy.js';
import { findTool } from '../../outside/find.js';
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
/** Each stream takes two of a proxy's connections; its own default is 512. */
const proxyEvents = 'worker_connections 8192;';

/** As many streams as a gateway takes, one of which reads nothing: how soon the others have what happened. */
export async function measureStreams(run: Run, measured: MeasuredSystem): Promise<void> {
  const { url, organizerKey } = measured.system;
  const keys = await makeKeys(new ApiClient(url, organizerKey));
  await measureThrough(run, measured, keys, { url, way: '' });
  if (findTool('nginx') === undefined) return;
  const proxy = await Proxy.start('nginx', url, { events: proxyEvents });
  try {
    await measureThrough(run, measured, keys, { url: proxy.url, way: ' through nginx' });
  } finally {
    await proxy.stop();
  }
}

async function makeKeys(organizer: ApiClient): Promise<string[]> {
  const keys: string[] = [];
  for (let at = 0; at < keysCount; at += keysTogether) {
    const some = Array.from({ length: keysTogether }, () =>
      must(organizer.post('/v1/api-keys', { label: 'bench' })),
    );
    for (const { apiKey } of await Promise.all(some)) keys.push(apiKey as string);
  }
  return keys;
}

async function measureThrough(
  run: Run,
  measured: MeasuredSystem,
  keys: readonly string[],
  { url, way }: { url: string; way: string },
): Promise<void> {
  const { organizerKey } = measured.system;
  const { id: stopId } = await measured.stops.openStop();
  const before = measured.memoryMb().gateway;
  const { streams, p50Ms, p99Ms, longestMs, missing } = await inOwnProcess<StreamsPlan, StreamsResult>(
    new URL('../outside/streams-process.ts', import.meta.url),
    { url, organizerKey, keys, streamsOfKey, stopId, changes, firstCapacity: 1_000 },
  );
  const after = measured.memoryMb().gateway;
  run.report.add({
    what: `a change reaches ${streams.toLocaleString('en')} event streams${way}, one of them stalled`,
    figure: `p50 ${ms(p50Ms)}, p99 ${ms(p99Ms)}, longest ${ms(longestMs)}; ${missing} missing`,
    must: { text: `p99 ≤ ${ms(mostBehindMs)}, none missing`, met: p99Ms <= mostBehindMs && missing === 0 },
  });
  run.report.add({
    what: `memory of the gateway, before → after the streams${way}`,
    figure: `${Math.round(before)} → ${Math.round(after)} MB`,
  });
}
