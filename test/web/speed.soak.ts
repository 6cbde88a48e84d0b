import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser, inNewBrowser, widths } from './browser.js';
import { addressOf } from './look-at-pages.js';
import { preparePublicTour, type Scenario } from './scenario.js';
import { seenBy, slowDown, watchSpeed, type Seen } from './slow-phone.js';

/** What a page may take on a phone with slow 4G, with nothing in its cache. */
interface SpeedBudget {
  readonly lcpMs: number;
  readonly cls: number;
}

const publicPage: SpeedBudget = { lcpMs: 1_300, cls: 0.02 };
const timetable: SpeedBudget = { lcpMs: 1_500, cls: 0.02 };
const maxInpMs = 200;

let scenario: Scenario;

describeInBrowser('pages on a phone with slow 4G', () => {
  beforeAll(async () => {
    scenario = await preparePublicTour();
  }, 120_000);

  it.each<[path: string, SpeedBudget]>([
    ['/', publicPage],
    ['/tours/:id', publicPage],
    ['/stops/:id', publicPage],
    ['/sessions/:id', publicPage],
    ['/stops/:id/timetable', timetable],
  ])(
    '%s paints in time and stays where it is',
    async (path, budget) => {
      const visits = await visited(path, async () => undefined);
      const lcp = Math.min(...visits.map((seen) => seen.lcp));
      const cls = Math.max(...visits.map((seen) => seen.cls));
      console.log(`${path}: LCP ${Math.round(lcp)} ms, CLS ${cls.toFixed(3)}`);
      expect(lcp).toBeGreaterThan(0);
      expect(lcp).toBeLessThanOrEqual(budget.lcpMs);
      expect(cls).toBeLessThanOrEqual(budget.cls);
    },
    120_000,
  );

  it('a timetable answers to its filter at once', async () => {
    const visits = await visited('/stops/:id/timetable', async (page) => {
      await page.getByLabel('主题').selectOption('模型');
      await page.getByRole('searchbox').pressSequentially('分享');
      await page.getByRole('searchbox').press('Backspace');
      // An event is reported once its frame has been drawn.
      await page.waitForFunction('window.seen.inp > 0');
    });
    const inp = Math.min(...visits.map((seen) => seen.inp));
    console.log(`timetable: INP ${inp} ms`);
    expect(inp).toBeLessThanOrEqual(maxInpMs);
  }, 120_000);
});

/** Three visits, each with a new browser: what else the machine does meanwhile is not the page's. */
async function visited(path: string, use: (page: Page) => Promise<void>): Promise<Seen[]> {
  const visits: Seen[] = [];
  for (let visit = 0; visit < 3; visit += 1) {
    await inNewBrowser({ viewport: widths.phone }, async ({ page }) => {
      await watchSpeed(page);
      await slowDown(page);
      await page.goto(addressOf(scenario, path), { waitUntil: 'networkidle' });
      await page.waitForFunction('window.seen.lcp > 0');
      await use(page);
      visits.push(await seenBy(page));
    });
  }
  return visits;
}
