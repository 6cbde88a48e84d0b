import { beforeAll, expect, it } from '@jest/globals';
import { delegates, must, signUpCompany } from '../support/client.js';
import { describeInBrowser, inNewBrowser, sizes, widths } from './browser.js';
import { lookAt, openScreen } from './look.js';
import { SignInPage } from './page-models/sign-in.page.js';
import { StopPage } from './page-models/stop.page.js';
import { preparePublicTour, type Scenario } from './scenario.js';

let scenario: Scenario;
let delegateIds: readonly string[];

beforeAll(async () => {
  scenario = await preparePublicTour();
  const { organizer, stopId } = scenario;
  const { api } = await signUpCompany(organizer);
  const registration = await must(api.post(`/v1/stops/${stopId}/registrations`, { delegates: delegates(3) }));
  delegateIds = registration.delegates.map(({ id }: { id: string }) => id);
  await must(organizer.post(`/v1/stops/${stopId}/check-ins`, { delegateId: delegateIds[0] }));
  await must(
    organizer.post(`/v1/stops/${stopId}/announcements`, {
      audience: { registrations: ['confirmed'] },
      subject: { zh: '明天见' },
      text: { zh: '请带入场码。' },
    }),
  );
}, 120_000);

const screens = [
  '/stops/S/attendance',
  '/stops/S/announcements',
  '/stops/S/mails',
  '/stops/S/door',
  '/stops/S/exports',
  '/companies',
  '/members',
  '/keys',
  '/mail',
  '/webhooks',
  '/bots',
  '/audit',
];

describeInBrowser('an organizer’s work in a browser', () => {
  it.each(sizes.flatMap((size) => ['', '/en'].map((language) => [size, language] as const)))(
    'has screens that axe and the width of the window allow: %s %s',
    async (size, language) => {
      await inNewBrowser({ viewport: widths[size] }, async ({ page, complaints }) => {
        await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
        complaints.length = 0;
        for (const path of screens) {
          await openScreen(
            page,
            `${scenario.url}${language}/console${path.replace('/S/', `/${scenario.stopId}/`)}`,
          );
          for (const summary of await page
            .locator('main > details > summary, main form + details > summary')
            .all())
            await summary.click();
          await lookAt(page, `console ${path} ${size} ${language}`);
        }
        await openScreen(page, `${scenario.url}${language}/account`);
        await lookAt(page, `account ${size} ${language}`);
        expect(complaints).toEqual([]);
      });
    },
    240_000,
  );

  it('shows who has come, as they come', async () => {
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      const stop = new StopPage(page, scenario.url);
      await stop.open(scenario.stopId, '/attendance');
      await page.getByRole('img', { name: '3 人中 1 人已签到' }).waitFor();
      await must(
        scenario.organizer.post(`/v1/stops/${scenario.stopId}/check-ins`, { delegateId: delegateIds[1] }),
      );
      await page.getByRole('img', { name: '3 人中 2 人已签到' }).waitFor();
      await page.getByLabel('只看还没到齐的公司').check();
      await page.getByRole('img', { name: '3 人中 2 人已签到' }).waitFor();
    });
  }, 120_000);

  it('makes a pass for a phone at the door, shown as a code, and ends it', async () => {
    await inNewBrowser({ viewport: widths.phone }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      const stop = new StopPage(page, scenario.url);
      await stop.open(scenario.stopId, '/door');
      await stop.field('名称').fill('东门');
      await page.getByRole('button', { name: '生成通行码' }).dblclick();
      await page.getByRole('img', { name: '用签到手机扫描' }).waitFor();
      await lookAt(page, 'door pass shown');
      const passes = await must(scenario.organizer.get(`/v1/stops/${scenario.stopId}/door-passes`));
      expect(passes.items.map(({ label }: { label: string }) => label)).toEqual(['东门']);
      await stop.press('停用“东门”');
      await stop.sure('停用');
      await stop.says('还没有通行码。');
    });
  }, 120_000);

  it('writes an announcement and sees how many it reaches before it is sent', async () => {
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      const stop = new StopPage(page, scenario.url);
      await stop.open(scenario.stopId, '/announcements');
      await page.getByText('写通知').click();
      await page.getByRole('checkbox', { name: '已确认' }).uncheck();
      await stop.press('保存草稿');
      await stop.says('请选择发给谁');
      await page.getByRole('checkbox', { name: '已确认' }).check();
      await stop.field('主题（中文）').fill('班车');
      await stop.field('正文（中文）').fill('8:30 发车。');
      await page.reload();
      expect(await stop.field('正文（中文）').inputValue()).toBe('8:30 发车。');
      await stop.press('保存草稿');
      await page
        .getByRole('dialog')
        .getByText(/将发给 \d+ 人。/)
        .waitFor();
      await lookAt(page, 'announcement preview');
      await page.getByRole('dialog').getByRole('button', { name: '不了' }).click();
      await page.getByText('班车').first().waitFor();
      const { items } = await must(scenario.organizer.get(`/v1/stops/${scenario.stopId}/announcements`));
      expect(items.map(({ status }: { status: string }) => status)).toEqual(['draft', 'draft']);
    });
  }, 120_000);

  it('makes a key that is shown once, and takes it back', async () => {
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      await openScreen(page, `${scenario.url}/console/keys`);
      await page.locator('summary', { hasText: '新建密钥' }).click();
      await page.getByLabel('名称').fill('官网');
      await page.getByRole('button', { name: '新建密钥' }).click();
      const key = await page.locator('code').innerText();
      expect((await scenario.organizer.with(key).get('/v1/me')).status).toBe(200);
      await page.reload();
      await page.getByRole('row', { name: /官网/ }).getByRole('button').click();
      await new StopPage(page, scenario.url).sure('删除');
      await page.getByRole('row', { name: /官网/ }).waitFor({ state: 'detached' });
      expect((await scenario.organizer.with(key).get('/v1/me')).status).toBe(401);
    });
  }, 120_000);

  it('changes the words of a mail, with an unknown placeholder named at its field', async () => {
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      await openScreen(page, `${scenario.url}/console/mail`);
      await page.locator('summary', { hasText: '会前提醒 · 中文' }).click();
      const form = page.locator('details', { hasText: '会前提醒 · 中文' }).locator('form');
      await form.getByLabel('主题').fill('{who} 明天见');
      await form.getByRole('button', { name: '保存' }).click();
      await form.getByText('这封邮件没有占位符 {who}').waitFor();
      await form.getByLabel('主题').fill('{recipientName}，明天见');
      await form.getByRole('button', { name: '预览' }).click();
      await form.getByText('，明天见').first().waitFor();
      await form.getByRole('button', { name: '保存' }).click();
      await form.getByText('已保存。').waitFor();
      const { items } = await must(scenario.organizer.get('/v1/mail/templates'));
      const reminder = items.find(
        (one: { kind: string; language: string }) => one.kind === 'reminder' && one.language === 'zh',
      );
      expect(reminder).toMatchObject({ subject: '{recipientName}，明天见', isDefault: false });
    });
  }, 120_000);

  it('tells in sentences who did what', async () => {
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      await openScreen(page, `${scenario.url}/console/audit`);
      await page.getByRole('button', { name: '站', exact: true }).click();
      await page
        .getByText(/您发布了站/)
        .first()
        .waitFor();
      expect(new URL(page.url()).searchParams.get('type')).toBe('stop');
    });
  }, 120_000);
});
