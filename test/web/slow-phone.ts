import type { Page } from 'playwright-core';

const [bytesPerSecond, latencyMs, cpuSlowdown] = [(1.6 * 1_024 * 1_024) / 8, 150, 4];

/** Runs in the page. */
const observe = `
  window.seen = { lcp: 0, cls: 0, inp: 0 };
  const watch = (type, keep, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(keep)).observe({ type, buffered: true, ...more });
  watch('largest-contentful-paint', (one) => { window.seen.lcp = one.startTime; });
  watch('layout-shift', (one) => { if (!one.hadRecentInput) window.seen.cls += one.value; });
  watch('event', (one) => { if (one.interactionId) window.seen.inp = Math.max(window.seen.inp, one.duration); },
    { durationThreshold: 16 });
  // Quicker ones than that are reported for the first press alone.
  watch('first-input', (one) => { window.seen.inp = Math.max(window.seen.inp, one.duration); });
`;

/** What a browser saw of a page: milliseconds, and a score of what moved. */
export interface Seen {
  readonly lcp: number;
  readonly cls: number;
  readonly inp: number;
}

export const seenBy = (page: Page): Promise<Seen> => page.evaluate('window.seen');

/** Lets the pages that follow note what they take. */
export const watchSpeed = (page: Page): Promise<unknown> => page.addInitScript(observe);

/** From now on the browser is a phone of a quarter of the speed, on slow 4G, with nothing in its cache. */
export async function slowDown(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: latencyMs,
    downloadThroughput: bytesPerSecond,
    uploadThroughput: bytesPerSecond,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown });
}
