import { describe, expect, it } from '@jest/globals';
import { PageCache, sentPage } from './page-cache.js';

const shown = { status: 200, policy: "default-src 'none'", isStale: false };

describe('the pages as they were last sent', () => {
  it('are shown for a second, and asked for anew beside before it is over', async () => {
    const cache = new PageCache();
    const page = await sentPage('<h1>Stop</h1>', shown);
    cache.keep('zh /', 'basis', page, 10_000);
    expect(cache.findFresh('zh /', 10_699)).toEqual({ page, isAging: false });
    expect(cache.findFresh('zh /', 10_700)).toEqual({ page, isAging: true });
    expect(cache.findFresh('zh /', 11_000)).toBeUndefined();
    expect(cache.findFresh('en /', 10_000)).toBeUndefined();
  });

  it('are fresh again where nothing of theirs has changed, and not where something has', async () => {
    const cache = new PageCache();
    const page = await sentPage('<h1>Stop</h1>', shown);
    cache.keep('zh /', 'basis', page, 10_000);
    expect(cache.findSame('zh /', 'another', 20_000)).toBeUndefined();
    expect(cache.findFresh('zh /', 20_000)).toBeUndefined();
    expect(cache.findSame('zh /', 'basis', 20_000)).toBe(page);
    expect(cache.findFresh('zh /', 20_000)).toEqual({ page, isAging: false });
  });
});
