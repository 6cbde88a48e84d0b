import { beforeAll, expect, it } from '@jest/globals';
import { describeInBrowser, inNewBrowser, widths } from './browser.js';
import { prepareFullTour, type FullTour } from './every-screen.js';
import { SignInPage } from './page-models/sign-in.page.js';
import { prepareLargePlan } from './planned-stop.js';
import { seenBy, slowDown, watchSpeed, type Seen } from './slow-phone.js';

let tour: FullTour;

/** Three visits of a screen, each in a new browser that has signed in: what else the machine does is not the screen's. */
async function visited(key: string | null, path: string): Promise<Seen[]> {
  const visits: Seen[] = [];
  for (let visit = 0; visit < 3; visit += 1)
    await inNewBrowser({ viewport: widths.phone }, async ({ page }) => {
      if (key !== null) await new SignInPage(page, tour.url).withKey(key);
      await watchSpeed(page);
      await slowDown(page);
      await page.goto(`${tour.url}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      visits.push(await seenBy(page));
    });
  return visits;
}

describeInBrowser('the application on a phone with slow 4G', () => {
  beforeAll(async () => {
    tour = await prepareFullTour();
  }, 120_000);

  it.each<[screen: string, maxLcpMs: number, visit: () => Promise<Seen[]>]>([
    ['the desk', 2_500, () => visited(tour.companyKey, '/company')],
    ['a registration', 2_700, () => visited(tour.companyKey, `/company/stops/${tour.laterStopId}/register`)],
    ['the console', 2_700, () => visited(tour.organizerKey, '/console')],
    ['registrations', 2_700, () => visited(tour.organizerKey, `/console/stops/${tour.stopId}/registrations`)],
    [
      'a planner of 120 sessions',
      3_000,
      async () => {
        const { organizerKey, stopId } = await prepareLargePlan();
        return visited(organizerKey, `/console/stops/${stopId}/planner`);
      },
    ],
    ['the door', 2_000, () => visited(null, '/door/join')],
  ])(
    '%s paints within %i ms',
    async (screen, maxLcpMs, visit) => {
      const lcp = Math.min(...(await visit()).map((seen) => seen.lcp));
      console.log(`${screen}: LCP ${Math.round(lcp)} ms`);
      expect(lcp).toBeGreaterThan(0);
      expect(lcp).toBeLessThanOrEqual(maxLcpMs);
    },
    180_000,
  );
});
