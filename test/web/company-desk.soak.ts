import { beforeAll, expect, it } from '@jest/globals';
import { ApiClient, aSession, must, newUscc } from '../support/client.js';
import { describeInBrowser, inNewBrowser, sizes, widths } from './browser.js';
import { lookAt, openScreen } from './look.js';
import { AgendaPage } from './page-models/agenda.page.js';
import { SignInPage } from './page-models/sign-in.page.js';
import { StopPage } from './page-models/stop.page.js';
import { preparePublicTour, type Scenario } from './scenario.js';

let scenario: Scenario;
let apiKey: string;
let company: ApiClient;
let registrationId: string;

beforeAll(async () => {
  scenario = await preparePublicTour();
  const { organizer, stopId } = scenario;
  const stop = await must(organizer.get(`/v1/stops/${stopId}`));
  // At the same time as the first talk, in the other room.
  const { id } = await must(
    organizer.post(
      `/v1/stops/${stopId}/sessions`,
      aSession({ title: { zh: '同时的分享' }, speakers: [{ name: '赵六', email: 'zhao@example.com' }] }),
    ),
  );
  await must(
    organizer.post(`/v1/sessions/${id}/schedule`, { roomId: stop.rooms[1].id, startsAt: stop.startsAt }),
  );
  await must(organizer.post(`/v1/stops/${stopId}/timetable/releases`, {}));
  ({ apiKey } = await must(
    organizer.post('/v1/companies', {
      name: { zh: '议程企业' },
      uscc: newUscc(),
      contact: { name: '示例甲', email: 'desk@example.com' },
    }),
  ));
  company = organizer.with(apiKey);
  ({ id: registrationId } = await must(
    company.post(`/v1/stops/${stopId}/registrations`, {
      delegates: [
        { name: '张三', email: 'zhang@example.com' },
        { name: '李四', email: 'li@example.com' },
      ],
    }),
  ));
  await must(
    company.post(
      `/v1/stops/${stopId}/sessions`,
      aSession({ title: { zh: '我们的数据集' }, kind: 'sharing' }),
    ),
  );
}, 120_000);

describeInBrowser('a company’s desk in a browser', () => {
  it.each(sizes.flatMap((size) => ['', '/en'].map((language) => [size, language] as const)))(
    'has screens that axe and the width of the window allow: %s %s',
    async (size, language) => {
      await inNewBrowser({ viewport: widths[size] }, async ({ page, complaints }) => {
        await new SignInPage(page, scenario.url).withKey(apiKey);
        complaints.length = 0;
        for (const path of [
          '',
          '/profile',
          '/sessions',
          `/stops/${scenario.stopId}/sessions/new`,
          `/agenda/${scenario.stopId}`,
          `/registrations/${registrationId}`,
          `/registrations/${registrationId}/badges`,
          '/members',
          '/keys',
          '/webhooks',
          '/data',
        ]) {
          await openScreen(page, `${scenario.url}${language}/company${path}`);
          await lookAt(
            page,
            `company ${path.replaceAll(scenario.stopId, 'S').replace(registrationId, 'R')} ${size} ${language}`,
          );
        }
        expect(complaints).toEqual([]);
      });
    },
    240_000,
  );

  it('signs its people up, with overlaps shown before, and sees its agenda', async () => {
    await inNewBrowser({ viewport: widths.phone }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(apiKey);
      const agenda = new AgendaPage(page, scenario.url);
      await agenda.open(scenario.stopId);
      await agenda.choose('第 1 场分享');
      await agenda.person('张三').check();
      await agenda.save();
      await page.getByText('参加：张三').waitFor();
      await agenda.choose('同时的分享');
      await page.getByText(/同一时间已报名“第 1 场分享”/).waitFor();
      expect(await agenda.person('张三').isDisabled()).toBe(true);
      await lookAt(page, 'sign-up with an overlap');
      await agenda.person('李四').check();
      await agenda.save();
      await page.getByRole('button', { name: '我们的议程' }).click();
      await page.getByLabel('查看谁的').selectOption('李四');
      await page.getByText('参加：李四').waitFor();
      expect(await page.getByText('第 1 场分享').count()).toBe(0);
    });
  }, 120_000);

  it('proposes a session with a fault at its field, edits it and withdraws it', async () => {
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(apiKey);
      const desk = new StopPage(page, scenario.url);
      await openScreen(page, `${scenario.url}/company/stops/${scenario.stopId}/sessions/new`);
      await page.getByLabel('标题（中文）').fill('新的提案');
      await page.getByLabel('时长（分钟）').fill('3');
      await page.getByRole('group', { name: '分享人 1' }).getByLabel('姓名').fill('示例甲');
      await page.getByRole('group', { name: '分享人 1' }).getByLabel('邮箱').fill('不是邮箱');
      await desk.press('提交');
      await desk.says('邮箱格式不对');
      expect(await page.getByLabel('时长（分钟）').getAttribute('aria-invalid')).toBe('true');
      await page.reload();
      await page.getByLabel('时长（分钟）').fill('30');
      await page.getByRole('group', { name: '分享人 1' }).getByLabel('邮箱').fill('wang@example.com');
      await page.getByRole('button', { name: '提交', exact: true }).dblclick();
      await page.getByRole('link', { name: '编辑“新的提案”' }).click();
      await page.getByLabel('主题').fill('模型');
      await desk.press('保存');
      await page.getByRole('button', { name: '撤回“新的提案”' }).click();
      await desk.sure('撤回');
      const { items } = await must(company.get(`/v1/stops/${scenario.stopId}/sessions`));
      const mine = items.filter(({ title }: { title: { zh?: string } }) => title.zh === '新的提案');
      expect(mine).toMatchObject([{ status: 'withdrawn', track: '模型' }]);
    });
  }, 120_000);

  it('keeps what was typed when the sign-in ends meanwhile', async () => {
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      const signIn = new SignInPage(page, scenario.url);
      await signIn.withKey(apiKey);
      await openScreen(page, `${scenario.url}/company/profile`);
      await page.getByLabel('行业').fill('人工智能');
      await page.context().clearCookies();
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByRole('link', { name: '重新登录' }).click();
      await page.getByText('使用 API 密钥登录').click();
      await page.getByLabel('API 密钥').fill(apiKey);
      await page.locator('details').getByRole('button', { name: '登录' }).click();
      await page.waitForURL('**/company/profile');
      expect(await page.getByLabel('行业').inputValue()).toBe('人工智能');
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('已保存。').waitFor();
      expect(await must(company.get('/v1/companies/me'))).toMatchObject({ industry: '人工智能' });
    });
  }, 120_000);
});
