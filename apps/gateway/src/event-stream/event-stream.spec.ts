import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import type { PublicEvent } from '#contracts';
import { FeedItem, FeedSlice, slicesOf } from './feed-items.js';
import { eventFrame, positionFrame, resetFrame } from './frames.js';
import { SharedText } from './shared-text.js';
import { StreamCounts } from './stream-counts.js';
import { passesFilter } from './stream-filter.js';

const event = {
  id: 'e',
  type: 'registration.confirmed',
  subject: 'registration/1',
  data: { stopId: 'stop' },
} as unknown as PublicEvent;

describe('a filter', () => {
  it.each([
    [{}, true],
    [{ types: ['registration.*'] }, true],
    [{ types: ['session.*', 'registration.confirmed'] }, true],
    [{ types: ['session.*'] }, false],
    [{ stopId: 'stop' }, true],
    [{ stopId: 'other' }, false],
    [{ stopId: 'stop', types: ['session.*'] }, false],
  ])('%j passes: %j', (filter, passes) => {
    expect(passesFilter(filter, event)).toBe(passes);
  });
});

describe('frames', () => {
  it('have one line of data, whatever the event says', () => {
    const frame = eventFrame(7, { ...event, subject: 'a\n\ndata: b\r' });
    expect(frame.split('\n')).toEqual([
      'id: WyI3Il0',
      expect.stringMatching(/^data: \{.*a\\n\\ndata: b\\r.*\}$/),
      '',
      '',
    ]);
  });

  it('name a place alone, and the loss of events', () => {
    expect([positionFrame(7), resetFrame(7)]).toEqual([
      'id: WyI3Il0\n\n',
      'id: WyI3Il0\nevent: reset\ndata: {}\n\n',
    ]);
  });
});

describe('slices', () => {
  it('hold all items in their order, each slice a little', () => {
    const items = Array.from({ length: 500 }, (_, seq) => new FeedItem(seq, event));
    const slices = slicesOf(items);
    expect(slices.flatMap((slice) => slice.items)).toEqual(items);
    expect(slices.length).toBeGreaterThan(3);
    const longest = Math.max(...slices.map((slice) => slice.items.map(({ frame }) => frame).join('').length));
    expect(longest).toBeLessThanOrEqual(16 * 1024);
    expect(slicesOf([])).toEqual([]);
  });
});

describe('what a reader wants of a slice', () => {
  const items = [1, 2, 3].map((seq) => new FeedItem(seq, event));

  it('is shared by all that want the same', () => {
    const slice = new FeedSlice(items);
    const one = slice.wantedBy({}, 1);
    expect(one?.text.bytes.toString()).toBe(`${items[1]?.frame}${items[2]?.frame}`);
    expect(one?.lastSeq).toBe(3);
    expect(slice.wantedBy({ types: ['registration.*'] }, 1)).toBe(one);
    expect(slice.wantedBy({}, 2)?.text.bytes.toString()).toBe(items[2]?.frame);
  });

  it('is nothing where its reader has everything, or filters it out', () => {
    const slice = new FeedSlice(items);
    expect([slice.wantedBy({}, 3), slice.wantedBy({ types: ['session.*'] }, 0)]).toEqual([null, null]);
  });
});

describe('shared text', () => {
  const text = 'data: 成都\n\n';

  it.each(['1.1', '1.0'])('comes whole and in its order by HTTP/%s', async (version) => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('first\n');
      new SharedText(text).writeTo(response);
      setTimeout(() => {
        new SharedText(text).writeTo(response);
        response.write('between\n');
        new SharedText(text).writeTo(response);
        response.end('last\n');
      }, 5);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    expect(await readRaw(port, version)).toBe(`first\n${text}${text}between\n${text}last\n`);
    server.close();
  });
});

/** The body of an answer, as a client of that version has it. */
async function readRaw(port: number, version: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(`GET / HTTP/${version}\r\nHost: a\r\nConnection: close\r\n\r\n`);
  const answer = Buffer.concat(await socket.toArray()).toString();
  const [head = '', ...rest] = answer.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  return /transfer-encoding: chunked/i.test(head) ? unchunked(body) : body;
}

function unchunked(body: string): string {
  const bytes = Buffer.from(body);
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, end).toString(), 16);
    parts.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts).toString();
}

describe('counts of streams', () => {
  it('include what other gateways show, until they are silent', () => {
    const counts = new StreamCounts();
    counts.add('key');
    counts.add('key');
    counts.remember('other', [['key', 3]], 0);
    counts.remember('third', [['another', 1]], 0);
    expect([counts.of('key', 1_000), counts.of('another', 1_000), counts.total]).toEqual([5, 1, 2]);
    expect(counts.of('key', 10_000)).toBe(2);
    counts.remember('other', [['key', 1]], 11_000);
    counts.remember('other', [], 11_100);
    counts.remove('key');
    expect([counts.of('key', 11_200), counts.shown()]).toEqual([1, [['key', 1]]]);
  });
});
