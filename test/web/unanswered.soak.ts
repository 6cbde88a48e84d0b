import { beforeAll, expect, it } from '@jest/globals';
import type { Page, Route } from 'playwright-core';
import { soon } from '#service/testing/patience';
import { delegates, must, signUpCompany, type SignedUp } from '../support/client.js';
import { axeViolations, describeInBrowser, inNewBrowser, overflow, sizes, widths } from './browser.js';
import { openScreen } from './look.js';
import { SignInPage } from './page-models/sign-in.page.js';
import { StopPage } from './page-models/stop.page.js';
import { preparePublicTour, type Scenario } from './scenario.js';

const sessions = '**/v1/stops/*/sessions*';
const registrations = '**/v1/stops/*/registrations*';

let scenario: Scenario;
let company: SignedUp;

const away = (route: Route): Promise<void> =>
  route.fulfill({
    status: 503,
    contentType: 'application/problem+json',
    body: JSON.stringify({ code: 'service.unavailable', status: 503 }),
  });

const notice = (page: Page) => page.getByText('部分数据暂时没有取到');

describeInBrowser('a service that does not answer', () => {
  beforeAll(async () => {
    scenario = await preparePublicTour();
    company = await signUpCompany(scenario.organizer);
    await must(company.api.post(`/v1/stops/${scenario.stopId}/registrations`, { delegates: delegates(2) }));
  }, 120_000);

  it.each(sizes)(
    'takes nothing from an organizer that is known, and nothing is made up for it: %s',
    async (size) => {
      await inNewBrowser({ viewport: widths[size] }, async ({ page }) => {
        await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
        await page.route(sessions, away);
        const stop = new StopPage(page, scenario.url);
        await stop.open(scenario.stopId);
        await notice(page).waitFor();
        const numbers = page.getByRole('region', { name: '数字' }).getByRole('listitem');
        const numberOf = (name: string) => numbers.filter({ hasText: name }).locator('strong');
        await soon(async () => expect(await numberOf('已确认席位').innerText()).toBe('2'));
        expect(await numberOf('已排期的分享').innerText()).toBe('–');
        expect(await page.getByText('目前没有待办。').count()).toBe(0);
        const talk = page.getByRole('listitem').filter({ hasText: '至少一场分享' });
        expect(await talk.innerText()).toContain('暂时没有取到');
        await stop.press('取消这一站');
        await page.getByRole('dialog').getByText('全部报名和分享会一并取消').waitFor();
        await page.keyboard.press('Escape');
        expect(await axeViolations(page)).toEqual([]);
        expect(Math.max(0, await overflow(page))).toBe(0);
        await page.unroute(sessions);
        await page.getByRole('button', { name: '重试' }).click();
        await notice(page).waitFor({ state: 'detached' });
        await soon(async () => expect(await numberOf('已排期的分享').innerText()).toBe('2'));
        await page.getByText('目前没有待办。').waitFor();
      });
    },
    120_000,
  );

  it('does not make a company register twice, and is asked again by itself', async () => {
    await inNewBrowser({ viewport: widths.phone }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(company.api.apiKey ?? '');
      await page.route(registrations, away);
      await openScreen(page, `${scenario.url}/company`);
      await notice(page).waitFor();
      expect(await page.getByText('还没有报名').count()).toBe(0);
      const name = (await must(scenario.organizer.get(`/v1/stops/${scenario.stopId}`))).name.zh as string;
      expect(await page.getByRole('link', { name: `报名 ${name}` }).count()).toBe(0);
      await page.unroute(registrations);
      await page.getByRole('link', { name, exact: true }).waitFor();
      await notice(page).waitFor({ state: 'detached' });
    });
  }, 120_000);
});
