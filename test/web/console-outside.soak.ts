import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { soon } from '#service/testing/patience';
import { ApiClient, must } from '../support/client.js';
import { Receiver } from '../integration/notifications/receiver.js';
import { describeInBrowser, inNewBrowser, sizes, widths } from './browser.js';
import { lookAt, openScreen } from './look.js';
import { ImportPage } from './page-models/import.page.js';
import { SignInPage } from './page-models/sign-in.page.js';
import { StopPage } from './page-models/stop.page.js';
import { preparePublicTour, type Scenario } from './scenario.js';

let scenario: Scenario;
let receiver: Receiver;

beforeAll(async () => {
  scenario = await preparePublicTour();
  receiver = await Receiver.start();
}, 120_000);
afterAll(() => receiver.stop());

const entry = (id: number, over: object = {}) => ({
  id,
  title: `Entry ${id}`,
  date: `2019-08-21T${9 + id}:00:00+02:00`,
  duration: '00:30',
  persons: [{ id, name: `Speaker ${id}` }],
  ...over,
});
/** Three that fit, one in the way of the second, one that is no session. */
const events = [
  entry(1),
  entry(2),
  entry(3),
  entry(4, { date: '2019-08-21T11:10:00+02:00' }),
  entry(5, { title: undefined }),
];
const file = (all: object[]) =>
  JSON.stringify({
    schedule: {
      conference: {
        acronym: 'c',
        title: 'Other name',
        time_zone_name: 'Europe/Berlin',
        days: [{ index: 1, date: '2019-08-21', rooms: { Workshop: all } }],
      },
    },
  });

/** A stop whose day is long enough for the file, at nine on the stop's clock. */
async function aLongStop(day: number): Promise<string> {
  const start = new Date(Date.UTC(2027, 5, day, 1)).toISOString();
  const stop = await must(
    scenario.organizer.post(`/v1/tours/${scenario.tourId}/stops`, {
      name: { zh: `导入站 ${day}`, en: `Import ${day}` },
      city: { code: '510100' },
      venue: { name: { zh: '会议中心' } },
      timeZone: 'Asia/Shanghai',
      startsAt: start,
      endsAt: new Date(Date.parse(start) + 10 * 3_600_000).toISOString(),
      capacity: 50,
      registration: {
        opensAt: new Date(Date.parse(start) - 86_400_000).toISOString(),
        closesAt: start,
      },
    }),
  );
  return stop.id as string;
}

async function asOrganizer(size: 'phone' | 'desk', use: (page: Page) => Promise<void>): Promise<void> {
  await inNewBrowser({ viewport: widths[size] }, async ({ page }) => {
    await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
    await use(page);
  });
}

describeInBrowser('what goes in and out of the console', () => {
  it('keeps a webhook: made, changed, tried, its secret rotated, its events sent again', async () => {
    await asOrganizer('desk', async (page) => {
      await openScreen(page, `${scenario.url}/console/webhooks`);
      await page.locator('summary', { hasText: '新建 Webhook' }).click();
      await page.getByLabel('地址').fill(receiver.url);
      await page.getByRole('button', { name: '新建 Webhook' }).click();
      const first = await page.locator('[role=status] code').innerText();
      expect(first).toMatch(/^whsec_/);
      const panel = page.getByRole('region', { name: receiver.url });
      await panel.getByText('启用', { exact: true }).waitFor();

      await panel.locator('summary', { hasText: '修改' }).click();
      await panel.getByLabel('名称').fill('CRM');
      await panel.getByRole('checkbox', { name: '站', exact: true }).check();
      await panel.getByRole('button', { name: '保存' }).click();
      const named = page.getByRole('region', { name: 'CRM' });
      await named.getByText('报名 · 站').waitFor();

      await named.locator('summary', { hasText: '试发一条' }).click();
      await named.getByLabel('事件').selectOption('stop.published');
      await named.getByRole('button', { name: '发送', exact: true }).click();
      await named.getByText(/回复 204/).waitFor();
      expect(receiver.received.map(({ event }) => event.type)).toContain('stop.published');

      await named.getByRole('button', { name: '更换密钥' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('新旧密钥同时签名').selectOption('72');
      await lookAt(page, 'rotate a secret');
      await dialog.getByRole('button', { name: '更换密钥' }).click();
      await page.getByText(/接下来 72 小时内新旧两个密钥同时签名/).waitFor();
      expect(await page.locator('[role=status] code').innerText()).not.toBe(first);

      await named.locator('summary', { hasText: '发送记录' }).click();
      await named.getByRole('row', { name: /webhook\.ping.*已送达.*HTTP 204/ }).waitFor();
      await named.getByRole('button', { name: '重发 webhook.ping' }).click();
      const pings = () => receiver.received.filter(({ event }) => event.type === 'webhook.ping');
      await soon(() => expect(pings()).toHaveLength(2));
      await named.getByLabel('到').fill('2020-01-01T10:00');
      await named.getByLabel('从').fill('2020-01-02T10:00');
      await named.getByRole('button', { name: '重放' }).click();
      await named.getByText('应晚于开始时间').waitFor();
      await lookAt(page, 'webhook with its deliveries');

      await named.getByRole('button', { name: '暂停' }).click();
      await named.getByText(/已暂停/).waitFor();
      await named.getByRole('button', { name: '启用' }).click();
      await named.getByRole('button', { name: '暂停' }).waitFor();
      await named.getByRole('button', { name: '删除' }).click();
      await new StopPage(page, scenario.url).sure('删除');
      await named.waitFor({ state: 'detached' });
    });
  }, 120_000);

  it('says what an endpoint that does not answer with 2xx needs', async () => {
    const silent = await Receiver.start();
    silent.answer = () => ({ status: 500 });
    try {
      await asOrganizer('phone', async (page) => {
        const { id } = await must(
          scenario.organizer.post('/v1/webhooks', { url: silent.url, types: ['stop.*'] }),
        );
        await openScreen(page, `${scenario.url}/console/webhooks`);
        const panel = page.getByRole('region', { name: silent.url });
        await panel.getByText(/还没有得到 2xx 回复/).waitFor();
        await panel.locator('summary', { hasText: '试发一条' }).click();
        await panel.getByRole('button', { name: '发送', exact: true }).click();
        await panel.getByText(/只有 2xx 才算成功/).waitFor();
        await lookAt(page, 'webhook that waits');
        silent.answer = () => ({ status: 204 });
        await panel.getByRole('button', { name: '发送', exact: true }).click();
        await panel.getByText('启用', { exact: true }).waitFor();
        await must(scenario.organizer.delete(`/v1/webhooks/${id}`));
      });
    } finally {
      await silent.stop();
    }
  }, 120_000);

  it('keeps a chat robot: made, changed with its address kept, deleted', async () => {
    const url = `${receiver.url.replace('/hook', '')}/open-apis/bot/v2/hook/${Date.now()}`;
    await asOrganizer('desk', async (page) => {
      await openScreen(page, `${scenario.url}/console/bots`);
      await page.locator('summary', { hasText: '添加机器人' }).click();
      await page.getByLabel('种类').selectOption('feishu');
      await page.getByLabel('Webhook 地址').fill(url);
      await page.getByRole('button', { name: '添加机器人' }).click();
      const panel = page.getByRole('region', { name: new RegExp(`^飞书 .*${url.slice(-4)}$`) });
      await panel.locator('summary', { hasText: '修改' }).click();
      await panel.getByLabel('消息的语言').selectOption('en');
      await panel.getByRole('checkbox', { name: '签到' }).check();
      await lookAt(page, 'robot being changed');
      await panel.getByRole('button', { name: '保存' }).click();
      await panel.getByText('报名 · 签到').waitFor();
      const { items } = await must(scenario.organizer.get('/v1/bots'));
      const bot = items.find((one: { url: string }) => one.url.endsWith(url.slice(-4)));
      expect(bot).toMatchObject({ language: 'en', types: ['registration.*', 'check_in.*'] });
      await panel.getByRole('button', { name: '删除' }).click();
      await new StopPage(page, scenario.url).sure('删除');
      await panel.waitFor({ state: 'detached' });
    });
  }, 120_000);

  it('imports a timetable: what is no file of one, compared, aligned, imported, compared anew', async () => {
    const stopId = await aLongStop(1);
    await asOrganizer('desk', async (page) => {
      const screen = new ImportPage(page, scenario.url);
      await screen.open(stopId);
      await screen.choose('people.csv', 'title,room\nA,B');
      await screen.says('这不是 schedule.json 或 schedule.xml。');
      await screen.choose('schedule.json', '{"schedule": {\n "conference": ,}}');
      await screen.press('比较');
      await screen.says(/这不是有效的 JSON/);
      await screen.choose('schedule.json', file(events));
      await screen.press('比较');
      await screen.says('文件里的日期都不在这一站之内');
      await screen.press('对齐并重新比较');
      await screen.row('Entry 4').getByText('排不进去').waitFor();
      await screen.row('Entry 5|没有标题').getByText('不能导入').waitFor();
      await screen.says(/会场 Workshop 已被“Entry 2”占用/);
      await screen.says('日程沿用这一站的名称，不用“Other name”。');
      await lookAt(page, 'import compared');
      expect((await must(scenario.organizer.get(`/v1/stops/${stopId}/sessions`))).items).toEqual([]);
      await page.getByRole('button', { name: '导入', exact: true }).dblclick();
      await screen.says('已导入。');
      await screen.says('新建了会场：Workshop。');
      await lookAt(page, 'imported');
      const { items } = await must(scenario.organizer.get(`/v1/stops/${stopId}/sessions`));
      expect(items.map(({ status }: { status: string }) => status).sort()).toEqual([
        'accepted',
        'scheduled',
        'scheduled',
        'scheduled',
      ]);
      await screen.choose('schedule.json', file([entry(1, { title: 'Renamed' }), entry(2), entry(3)]));
      await screen.press('比较');
      await screen.row('Renamed').getByText('标题：Entry 1 → Renamed').waitFor();
      await page.getByRole('button', { name: /^有改动/ }).click();
      await screen.row('Entry 2').waitFor({ state: 'detached' });
    });
  }, 120_000);

  it('refuses a whole file where the organizer wants it so, and names the entries', async () => {
    const stopId = await aLongStop(4);
    await asOrganizer('phone', async (page) => {
      const screen = new ImportPage(page, scenario.url);
      await screen.open(stopId, '/en');
      await page.getByRole('checkbox', { name: /Move the first day/ }).check();
      await page.getByLabel('Sessions that can’t have their place').selectOption('atomic');
      await screen.choose('schedule.json', file(events));
      await screen.press('Compare');
      await screen.says('Nothing is written yet.');
      await screen.press('Import');
      await screen.says('Nothing was written. The table says why.');
      await lookAt(page, 'import refused');
      await page.getByLabel('Sessions that can’t have their place').selectOption('keep');
      await screen.says('Nothing is written yet.');
      expect((await must(scenario.organizer.get(`/v1/stops/${stopId}/sessions`))).items).toEqual([]);
    });
  }, 120_000);

  it('shows a phone that has scanned its pass, and ends it', async () => {
    await asOrganizer('desk', async (page) => {
      const stop = new StopPage(page, scenario.url);
      await stop.open(scenario.stopId, '/door');
      expect(await page.getByRole('link', { name: '在这台设备上签到' }).getAttribute('href')).toBe(
        `/door/${scenario.stopId}`,
      );
      await stop.field('名称').fill('西门');
      const answered = page.waitForResponse(
        (response) => response.url().endsWith('/door-passes') && response.request().method() === 'POST',
      );
      await page.getByRole('button', { name: '生成通行码' }).click();
      const { url } = (await (await answered).json()) as { url: string };
      await page.getByRole('listitem').filter({ hasText: '西门' }).getByText('等待扫描').waitFor();
      await must(new ApiClient(scenario.url).post('/v1/sign-in', { pass: url }));
      await stop.says('“西门”已登录，可以开始签到。');
      await page.getByRole('listitem').filter({ hasText: '西门' }).getByText('手机已登录').waitFor();
      await lookAt(page, 'door pass used');
      await stop.press('停用“西门”');
      await stop.sure('停用');
      await page.getByRole('listitem').filter({ hasText: '西门' }).waitFor({ state: 'detached' });
    });
  }, 120_000);

  it.each(sizes)(
    'has an import that axe and the width of the window allow: %s',
    async (size) => {
      await asOrganizer(size, async (page) => {
        for (const language of ['', '/en']) {
          await openScreen(page, `${scenario.url}${language}/console/stops/${scenario.stopId}/import`);
          await lookAt(page, `import ${size} ${language}`);
        }
      });
    },
    120_000,
  );
});
