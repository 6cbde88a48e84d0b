import { describe, expect, it } from '@jest/globals';
import type { PublicEvent } from '#contracts';
import { FeedItem, slicesOf } from './feed-items.js';
import { eventFrame, positionFrame, resetFrame } from './frames.js';
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
    expect(slices.flat()).toEqual(items);
    expect(slices.length).toBeGreaterThan(3);
    const longest = Math.max(...slices.map((slice) => slice.map(({ frame }) => frame).join('').length));
    expect(longest).toBeLessThanOrEqual(16 * 1024);
    expect(slicesOf([])).toEqual([]);
  });
});

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
