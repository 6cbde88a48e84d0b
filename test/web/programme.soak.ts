import { beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { aSession, must, signUpCompany, type ApiClient } from '../support/client.js';
import { axeViolations, describeInBrowser, inNewBrowser, overflow, sizes, widths } from './browser.js';
import { SignInPage } from './page-models/sign-in.page.js';
import { preparePlannedStop, type PlannedStop } from './planned-stop.js';

let stop: PlannedStop;
let company: ApiClient;

async function asOrganizer(
  options: Parameters<typeof inNewBrowser>[0],
  use: (page: Page, open: (screen: string, language?: string) => Promise<void>) => Promise<void>,
): Promise<void> {
  await inNewBrowser(options, async ({ page }) => {
    await new SignInPage(page, stop.url).withKey(stop.organizerKey);
    await use(page, async (screen, language = '') => {
      await page.goto(`${stop.url}${language}/console/stops/${stop.stopId}/${screen}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
    });
  });
}

const propose = async (title: string): Promise<string> =>
  (await must(company.post(`/v1/stops/${stop.stopId}/sessions`, aSession({ title: { zh: title } })))).id;

describeInBrowser('the programme of a stop', () => {
  beforeEach(async () => {
    stop = await preparePlannedStop(['甲', '乙']);
    ({ api: company } = await signUpCompany(stop.organizer));
  }, 60_000);

  it('is reviewed by keys: scored, accepted, taken back, rejected with a reason', async () => {
    const ids = [await propose('提案一'), await propose('提案二'), await propose('提案三')];
    await asOrganizer({ viewport: widths.desk }, async (page, open) => {
      await open('reviews');
      await page.getByRole('heading', { name: '待评审 3 场' }).waitFor();
      await page.keyboard.press('c');
      await page.keyboard.type('很好');
      await page.keyboard.press('Escape');
      await page.keyboard.press('4');
      await page.getByText('您评了 4 分 · 平均 4 分（1 人）').waitFor();
      await page.keyboard.press('a');
      await page.getByRole('heading', { name: '提案二' }).waitFor();
      await page.keyboard.press('u');
      await page.getByRole('heading', { name: '待评审 3 场' }).waitFor();
      await page.keyboard.press('n');
      await page.getByRole('heading', { name: '提案三' }).waitFor();
      await page.keyboard.press('r');
      await page.getByLabel('原因').fill('与主题不符');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: '提案一' }).waitFor();
      await page.keyboard.press('a');
      await page.getByRole('link', { name: '分享', exact: true }).click();
      await page.getByRole('link', { name: '评审提案（1）' }).waitFor();
    });
    const [first, second, third] = await Promise.all(
      ids.map((id) => must(stop.organizer.get(`/v1/sessions/${id}`))),
    );
    expect(first).toMatchObject({ status: 'accepted' });
    expect(second).toMatchObject({ status: 'proposed' });
    expect(third).toMatchObject({ status: 'rejected', reason: '与主题不符' });
  }, 120_000);

  it('goes from a talk of the organizer’s own to a released timetable', async () => {
    await asOrganizer({ viewport: widths.desk }, async (page, open) => {
      await open('sessions/new');
      await page.getByLabel('标题（中文）').fill('开幕');
      await page.getByLabel('姓名').fill('示例甲');
      await page.getByLabel('邮箱').fill('wang@');
      await page.getByRole('button', { name: '添加', exact: true }).click();
      await page.locator('.field-fault').first().waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByLabel('邮箱').fill('wang@example.com');
      await page.getByRole('button', { name: '添加', exact: true }).click();
      await page.getByRole('button', { name: '查看“开幕”' }).waitFor();
      await open('releases');
      await page.getByText('还没有任何排期。').waitFor();
      expect(await page.getByRole('button', { name: '发布', exact: true }).isDisabled()).toBe(true);
      await stop.schedule('甲', 0, '09:00');
      await open('releases');
      await page.getByText('这是第一次发布').waitFor();
      await page.getByText('2 场已接受的分享没有排期：').waitFor();
      await page.getByLabel('说明').fill('第一版');
      await page.getByRole('button', { name: '发布', exact: true }).click();
      await page.getByRole('dialog').getByText('新增 1 场').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.getByRole('dialog').getByRole('button', { name: '发布', exact: true }).click();
      await page.getByText('第 1 版日程已发布。').waitFor();
      await page.getByText('与上一次发布相同').waitFor();
      await page.getByRole('link', { name: '查看公开日程' }).click();
      await page.getByText('甲', { exact: true }).first().waitFor();
      await stop.schedule('甲', 1, '10:00');
      await open('releases');
      await page.getByText('现：').waitFor();
      expect(await page.locator('.change-list').first().innerText()).toContain('会场2');
    });
  }, 120_000);

  it('shows a session, and cancels it with a reason', async () => {
    await asOrganizer({ viewport: widths.phone }, async (page, open) => {
      await open('sessions?q=甲');
      await page.getByRole('button', { name: '查看“甲”' }).click();
      await page.getByRole('button', { name: '取消分享' }).click();
      await page.getByLabel('原因').fill('讲者不能来');
      await page.getByRole('button', { name: '取消分享' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      const session = await must(stop.organizer.get(`/v1/sessions/${stop.sessionIds['甲']}`));
      expect(session).toMatchObject({ status: 'cancelled', reason: '讲者不能来' });
    });
  }, 120_000);

  it.each(sizes)(
    'has screens that axe and the width of the window allow: %s',
    async (size) => {
      await propose('一个提案');
      await asOrganizer({ viewport: widths[size] }, async (page, open) => {
        for (const language of ['', '/en'])
          for (const screen of [
            'sessions',
            'sessions/new',
            `sessions/${stop.sessionIds['甲']}`,
            'reviews',
            'releases',
          ]) {
            await open(screen, language);
            await page.getByRole('status').or(page.getByRole('button')).first().waitFor();
            expect([screen, language, await axeViolations(page)]).toEqual([screen, language, []]);
            expect([screen, language, Math.max(0, await overflow(page))]).toEqual([screen, language, 0]);
          }
      });
    },
    120_000,
  );
});
