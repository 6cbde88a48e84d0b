import { describe, expect, it } from '@jest/globals';
import type { EventEnvelope } from '#contracts';
import { batching, newestStates } from './newest-states.js';

const event = (subject: string, version: number) =>
  ({ subject, data: { subject, version } }) as unknown as EventEnvelope<{ subject: string; version: number }>;

describe('newestStates', () => {
  it('has one state of each aggregate, whatever the order of its events', () => {
    const events = [event('a', 2), event('b', 1), event('a', 3), event('a', 1)];
    expect(newestStates(events)).toEqual([
      { subject: 'a', version: 3 },
      { subject: 'b', version: 1 },
    ]);
  });
});

describe('batching', () => {
  it('works on what arrives in one turn together', async () => {
    const seen: number[][] = [];
    const submit = batching((items: readonly number[]) => Promise.resolve(void seen.push([...items])));
    await Promise.all([submit([1, 2]), submit([3])]);
    expect(seen).toEqual([[1, 2, 3]]);
  });

  it('tries what breaks one by one, and refuses only what breaks alone', async () => {
    const done: number[] = [];
    const submit = batching((items: readonly number[]) => {
      if (items.includes(2)) return Promise.reject(new Error('two'));
      done.push(...items);
      return Promise.resolve();
    });
    const ended = await Promise.allSettled([submit([1]), submit([2]), submit([3])]);
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(new Set(done)).toEqual(new Set([1, 3]));
  });
});
