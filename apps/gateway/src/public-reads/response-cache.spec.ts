import { describe, expect, it } from '@jest/globals';
import type { CacheTag } from '../operations/operation.js';
import { ResponseCache, type CacheEntry } from './response-cache.js';

const fetched = (response: string, cacheTags: CacheTag[] = [], bytes = 10): CacheEntry<string> => ({
  response,
  cacheTags,
  askedAtMs: 0,
  refreshAtMs: 500,
  expiresAtMs: 1_000,
  bytes,
});
const soon = (response: string, cacheTags?: CacheTag[], bytes?: number) => () =>
  Promise.resolve(fetched(response, cacheTags, bytes));

function held(): { fetch: () => Promise<CacheEntry<string>>; land: (result: CacheEntry<string>) => void } {
  let land: (result: CacheEntry<string>) => void = () => undefined;
  const flight = new Promise<CacheEntry<string>>((resolve) => {
    land = resolve;
  });
  return { fetch: () => flight, land };
}

describe('AnswerCache', () => {
  it('keeps an answer until it expires', async () => {
    const cache = new ResponseCache<string>();
    await cache.fetch('/a', soon('one'));
    expect([cache.find('/a', 999), cache.find('/a', 1_000)]).toEqual(['one', undefined]);
  });

  it('says when an answer that it still keeps should be asked for anew', async () => {
    const cache = new ResponseCache<string>();
    await cache.fetch('/a', soon('one'));
    expect([cache.findFresh('/a', 499), cache.findFresh('/a', 500), cache.find('/a', 500)]).toEqual([
      'one',
      undefined,
      'one',
    ]);
  });

  it('shares one fetch among all who ask meanwhile', async () => {
    const cache = new ResponseCache<string>();
    const { fetch, land } = held();
    const both = Promise.all([cache.fetch('/a', fetch), cache.fetch('/a', soon('never asked'))]);
    land(fetched('one'));
    expect(await both).toEqual(['one', 'one']);
  });

  it('drops what an event is about, and nothing else', async () => {
    const cache = new ResponseCache<string>();
    await cache.fetch('/a', soon('a', ['stop:1', 'tours']));
    await cache.fetch('/b', soon('b', ['stop:2']));
    cache.invalidate(['stop:1']);
    expect([cache.find('/a', 0), cache.find('/b', 0)]).toEqual([undefined, 'b']);
  });

  it('neither keeps nor shares a fetch that began before an event', async () => {
    const cache = new ResponseCache<string>();
    const { fetch, land } = held();
    const before = cache.fetch('/a', fetch);
    cache.invalidate(['stop:1']);
    expect(await cache.fetch('/a', soon('after', ['stop:1']))).toBe('after');
    land(fetched('before', ['stop:1']));
    expect([await before, cache.find('/a', 0)]).toEqual(['before', 'after']);
  });

  it('keeps no failure', async () => {
    const cache = new ResponseCache<string>();
    await expect(cache.fetch('/a', () => Promise.reject(new Error('gone')))).rejects.toThrow('gone');
    expect(await cache.fetch('/a', soon('back'))).toBe('back');
  });

  it('holds no more than it may, oldest out first', async () => {
    const cache = new ResponseCache<string>(undefined, { maxEntries: 2, maxBytes: 100 });
    for (const url of ['/a', '/b', '/c']) await cache.fetch(url, soon(url, ['tours']));
    expect([cache.find('/a', 0), cache.size()]).toEqual([undefined, { entries: 2, bytes: 20 }]);
    await cache.fetch('/d', soon('/d', [], 95));
    await cache.fetch('/e', soon('/e', [], 101));
    expect([cache.find('/d', 0), cache.find('/e', 0), cache.size()]).toEqual([
      '/d',
      undefined,
      { entries: 1, bytes: 95 },
    ]);
    cache.clear();
    expect(cache.size()).toEqual({ entries: 0, bytes: 0 });
  });

  describe('of what changes many times a second', () => {
    const followed = (response: string, askedAtMs: number): CacheEntry<string> => ({
      response,
      cacheTags: ['seats:1'],
      askedAtMs,
      refreshAtMs: 30_000,
      expiresAtMs: 60_000,
      graceMs: 500,
      bytes: 10,
    });

    it('lasts without an event, and for its grace after one', async () => {
      const cache = new ResponseCache<string>();
      await cache.fetch('/a', () => Promise.resolve(followed('one', 1_000)));
      expect(cache.findFresh('/a', 29_999)).toBe('one');
      cache.outdate('seats:2', 1_100);
      expect(cache.findFresh('/a', 29_999)).toBe('one');
      cache.outdate('seats:1', 1_100);
      expect([cache.findFresh('/a', 1_249), cache.findFresh('/a', 1_250)]).toEqual(['one', undefined]);
      expect([cache.find('/a', 1_499), cache.find('/a', 1_500)]).toEqual(['one', undefined]);
    });

    it('goes at once at an event after its grace', async () => {
      const cache = new ResponseCache<string>();
      await cache.fetch('/a', () => Promise.resolve(followed('one', 1_000)));
      cache.outdate('seats:1', 5_000);
      expect([cache.find('/a', 4_999), cache.find('/a', 5_000)]).toEqual(['one', undefined]);
    });

    it('does not last where the event came while it was fetched', async () => {
      const cache = new ResponseCache<string>();
      const { fetch, land } = held();
      const fetched = cache.fetch('/a', fetch);
      cache.outdate('seats:1', 1_050);
      land(followed('one', 1_000));
      expect(await fetched).toBe('one');
      expect([cache.find('/a', 1_499), cache.find('/a', 1_500)]).toEqual(['one', undefined]);
    });

    it('lasts for its grace alone while events may not arrive', async () => {
      let isFollowing = true;
      const cache = new ResponseCache<string>(() => isFollowing);
      await cache.fetch('/a', () => Promise.resolve(followed('one', 1_000)));
      isFollowing = false;
      expect([cache.find('/a', 1_499), cache.find('/a', 1_500)]).toEqual(['one', undefined]);
      isFollowing = true;
      expect(cache.find('/a', 1_500)).toBe('one');
    });
  });
});
