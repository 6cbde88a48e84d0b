import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { must, signUpCompany, type SignedUp } from '../support/client.js';
import { describeInBrowser, inNewBrowser, widths } from './browser.js';
import { openScreen } from './look.js';
import { RegisterPage } from './page-models/register.page.js';
import { SignInPage } from './page-models/sign-in.page.js';
import { StopPage } from './page-models/stop.page.js';
import { preparePublicTour, type Scenario } from './scenario.js';

let scenario: Scenario;
let company: SignedUp;
let another: SignedUp;

/** All that a tab keeps. */
const keptIn = (page: Page) => page.evaluate('JSON.stringify({ ...sessionStorage, ...localStorage })');

const signOut = (page: Page) => page.getByRole('button', { name: '退出', exact: true }).click();

async function signIn(page: Page, { api }: SignedUp): Promise<void> {
  await new SignInPage(page, scenario.url).withKey(api.apiKey ?? '');
}

describeInBrowser('what was typed and not sent', () => {
  beforeAll(async () => {
    scenario = await preparePublicTour();
    [company, another] = [await signUpCompany(scenario.organizer), await signUpCompany(scenario.organizer)];
  }, 120_000);

  it('survives a reload, but no secret is kept anywhere', async () => {
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      const robots = `${scenario.url}/console/bots`;
      await openScreen(page, robots);
      await page.locator('summary', { hasText: '添加机器人' }).click();
      await page.getByLabel('种类').selectOption('dingtalk');
      await page.getByLabel('Webhook 地址').fill('https://oapi.dingtalk.com/robot/send?access_token=t0ken');
      await page.getByLabel('加签密钥').fill('SEC-never-kept');
      expect(await keptIn(page)).not.toMatch(/t0ken|SEC-never-kept/);
      await openScreen(page, robots);
      expect(await page.getByLabel('种类').inputValue()).toBe('dingtalk');
      expect(await page.getByLabel('加签密钥').inputValue()).toBe('');
      // A key that somebody signs in with is kept nowhere either.
      expect(await keptIn(page)).not.toContain(scenario.organizerKey);
    });
  }, 120_000);

  it('survives a sign-out if its author wants that, and nobody else sees it', async () => {
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      const path = `${scenario.url}/company/stops/${scenario.stopId}/register`;
      const register = new RegisterPage(page);
      await signIn(page, company);
      await page.goto(path);
      await register.cell(1, '姓名').fill('张三');
      await signOut(page);
      await page.getByRole('button', { name: '留下并退出' }).click();
      await page.waitForURL(`${scenario.url}/`);
      await signIn(page, another);
      await page.goto(path);
      expect(await register.cell(1, '姓名').inputValue()).toBe('');
      // Nothing was typed by this company, so nothing is asked.
      await signOut(page);
      await page.waitForURL(`${scenario.url}/`);
    });
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      const path = `${scenario.url}/company/profile`;
      await signIn(page, company);
      await openScreen(page, path);
      await page.getByLabel('行业').fill('教育');
      await signOut(page);
      await page.getByRole('button', { name: '留下并退出' }).click();
      await page.waitForURL(`${scenario.url}/`);
      await signIn(page, company);
      await openScreen(page, path);
      expect(await page.getByLabel('行业').inputValue()).toBe('教育');
      await signOut(page);
      await page.getByRole('button', { name: '清除并退出' }).click();
      await page.waitForURL(`${scenario.url}/`);
      expect(await keptIn(page)).not.toContain('教育');
    });
  }, 120_000);

  it('survives a service that does not answer, and is sent once', async () => {
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      await signIn(page, company);
      const stop = new StopPage(page, scenario.url);
      await openScreen(page, `${scenario.url}/company/stops/${scenario.stopId}/sessions/new`);
      await stop.field('标题（中文）').fill('只提交一次');
      const speaker = page.getByRole('group', { name: '分享人 1' });
      await speaker.getByLabel('姓名').fill('示例甲');
      await speaker.getByLabel('邮箱').fill('once@example.com');
      // The first answer is a 503; the second one is lost after the session was made.
      let tries = 0;
      await page.route('**/v1/stops/*/sessions', async (route) => {
        if (route.request().method() !== 'POST') return route.continue();
        tries += 1;
        const body = JSON.stringify({ code: 'service.unavailable', status: 503 });
        if (tries === 1) return route.fulfill({ status: 503, contentType: 'application/problem+json', body });
        if (tries > 2) return route.continue();
        await route.fetch();
        return route.abort();
      });
      for (const known of [1, 2]) {
        await stop.press('提交');
        await page.getByRole('alert').waitFor();
        expect([known, await stop.field('标题（中文）').inputValue()]).toEqual([known, '只提交一次']);
      }
      await page.reload();
      expect(await stop.field('标题（中文）').inputValue()).toBe('只提交一次');
      await stop.press('提交');
      await page.getByRole('link', { name: '编辑“只提交一次”' }).waitFor();
    });
    const { items } = await must(company.api.get(`/v1/stops/${scenario.stopId}/sessions`));
    expect(items.filter(({ title }: { title: { zh?: string } }) => title.zh === '只提交一次')).toHaveLength(
      1,
    );
  }, 120_000);

  it('survives a screen whose files do not come, which says so in words and opens again', async () => {
    await inNewBrowser({ viewport: widths.phone }, async ({ page }) => {
      await signIn(page, company);
      await openScreen(page, `${scenario.url}/company`);
      const isOfProfile = /\/assets\/profile[^/]*\.js/;
      await page.route(isOfProfile, (route) => route.abort());
      await page.getByRole('button', { name: '菜单' }).click();
      await page.getByRole('link', { name: '公司资料' }).click();
      await page.getByRole('heading', { name: '这个页面没能打开' }).waitFor();
      await page.unroute(isOfProfile);
      await page.getByRole('button', { name: '重新打开' }).click();
      await page.getByRole('heading', { level: 1, name: '公司资料' }).waitFor();
    });
  }, 120_000);

  it('is a reason or a note, too', async () => {
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      const stop = new StopPage(page, scenario.url);
      await stop.open(scenario.stopId);
      await stop.press('取消这一站');
      await page.getByRole('dialog').getByRole('textbox').fill('场地停电');
      await page.reload();
      await stop.press('取消这一站');
      expect(await page.getByRole('dialog').getByRole('textbox').inputValue()).toBe('场地停电');
    });
  }, 120_000);
});
