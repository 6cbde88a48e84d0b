import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { soon } from '#service/testing/patience';
import { delegates, must, publishedStop, signUpCompany } from '../support/client.js';
import { describeInBrowser, inNewBrowser, widths, type Width } from './browser.js';
import { prepareFullTour, type FullTour } from './every-screen.js';
import { RegisterPage } from './page-models/register.page.js';
import { SignInPage } from './page-models/sign-in.page.js';
import { prepareLargePlan, type PlannedStop } from './planned-stop.js';
import { seenBy, slowDown, watchSpeed, type Seen } from './slow-phone.js';

const maxInpMs = 200;

let tour: FullTour;
let plan: PlannedStop;
let crowdedStopId: string;

interface Visit {
  /** Null for a screen that nobody signs in for. */
  readonly key: string | null;
  readonly path: string;
  readonly size?: Width;
}

/** Three visits of a screen, each in a new browser that has signed in: what else the machine does is not the screen's. */
async function visited({ key, path, size = 'phone' }: Visit, use?: (page: Page) => Promise<void>) {
  const visits: Seen[] = [];
  for (let visit = 0; visit < 3; visit += 1)
    await inNewBrowser({ viewport: widths[size] }, async ({ page }) => {
      if (key !== null) await new SignInPage(page, tour.url).withKey(key);
      await watchSpeed(page);
      await slowDown(page);
      await page.goto(`${tour.url}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.waitForLoadState('networkidle');
      await use?.(page);
      visits.push(await seenBy(page));
    });
  return visits;
}

/** A press is reported once the frame that answers it has been drawn. */
const untilReported = (page: Page): Promise<void> =>
  soon(async () => expect((await seenBy(page)).inp).toBeGreaterThan(0));

/** A stop with more registrations than its console shows at once. */
async function prepareCrowd(): Promise<string> {
  const { organizer } = tour;
  const stop = await publishedStop(organizer, { capacity: 300 });
  for (let count = 0; count < 110; count += 1) {
    const { api } = await signUpCompany(organizer);
    await must(api.post(`/v1/stops/${stop.id}/registrations`, { delegates: delegates(1) }));
  }
  return stop.id as string;
}

/** Fills a form as somebody does who types one person and pastes a hundred more. */
async function register(page: Page): Promise<void> {
  const form = new RegisterPage(page);
  await form.cell(1, '姓名').pressSequentially('Zhang');
  await form.cell(1, '邮箱').pressSequentially('zhang@');
  await page.getByRole('button', { name: '再加一人' }).click();
  const rows = Array.from({ length: 100 }, (_, at) => `Guest ${at}\tguest-${at}@example.com`);
  await form.paste(['姓名\t邮箱', ...rows].join('\n'));
  await form.cell(101, '姓名').waitFor();
  await form.cell(101, '姓名').pressSequentially('Li');
  await form.goOn();
  await form.faults().first().waitFor();
  await untilReported(page);
}

/** Lifts a session, looks for a place by arrows and drops it, as in a plan of many colleagues. */
async function moveSession(page: Page): Promise<void> {
  await page.locator('[data-session]').first().focus();
  for (const key of ['ArrowDown', 'Enter', 'ArrowDown', 'ArrowRight', 'n', 'Enter', 'Control+z'])
    await page.keyboard.press(key);
  await untilReported(page);
}

/** Chooses, opens one, and searches. */
async function decide(page: Page): Promise<void> {
  const company = page.getByRole('table').getByRole('button').first();
  await company.click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^已确认/ }).click();
  await page.getByLabel('搜索公司').pressSequentially('Exa');
  await page.getByRole('button', { name: /^显示更多/ }).click();
  await untilReported(page);
}

describeInBrowser('the application on a phone with slow 4G', () => {
  beforeAll(async () => {
    tour = await prepareFullTour();
    plan = await prepareLargePlan();
    crowdedStopId = await prepareCrowd();
  }, 240_000);

  const registration = (): Visit => ({
    key: tour.companyKey,
    path: `/company/stops/${tour.laterStopId}/register`,
  });
  const registrations = (): Visit => ({
    key: tour.organizerKey,
    path: `/console/stops/${crowdedStopId}/registrations`,
  });
  const planner = (): Visit => ({ key: plan.organizerKey, path: `/console/stops/${plan.stopId}/planner` });

  it.each<[screen: string, maxLcpMs: number, visit: () => Visit]>([
    ['the desk', 2_500, () => ({ key: tour.companyKey, path: '/company' })],
    ['a registration', 2_700, registration],
    ['the console', 2_700, () => ({ key: tour.organizerKey, path: '/console' })],
    ['registrations', 2_700, registrations],
    ['a planner of 120 sessions', 3_000, planner],
    ['the door', 2_000, () => ({ key: null, path: '/door/join' })],
  ])(
    '%s paints within %i ms',
    async (screen, maxLcpMs, visit) => {
      const lcp = Math.min(...(await visited(visit())).map((seen) => seen.lcp));
      console.log(`${screen}: LCP ${Math.round(lcp)} ms`);
      expect(lcp).toBeGreaterThan(0);
      expect(lcp).toBeLessThanOrEqual(maxLcpMs);
    },
    180_000,
  );

  it.each<[screen: string, visit: () => Visit, use: (page: Page) => Promise<void>]>([
    ['a registration of a hundred pasted people', registration, register],
    ['a planner of 120 sessions', () => ({ ...planner(), size: 'desk' }), moveSession],
    ['a hundred registrations', registrations, decide],
  ])(
    `%s answers to a press within ${maxInpMs} ms`,
    async (screen, visit, use) => {
      const inp = Math.min(...(await visited(visit(), use)).map((seen) => seen.inp));
      console.log(`${screen}: INP ${Math.round(inp)} ms`);
      expect(inp).toBeLessThanOrEqual(maxInpMs);
    },
    240_000,
  );
});
