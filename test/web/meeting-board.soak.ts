import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { must } from '../support/client.js';
import { describeInBrowser, inNewBrowser, sizes, widths } from './browser.js';
import { lookAt, openScreen } from './look.js';
import { prepareMeetingStop, publishListing, requestMeeting, type MeetingStop } from './meeting-stop.js';
import { MeetingBoardPage } from './page-models/meeting-board.page.js';
import { SignInPage } from './page-models/sign-in.page.js';

let stop: MeetingStop;

const meetingsOf = async (status: string) =>
  (await must(stop.organizer.get(`/v1/stops/${stop.stopId}/meetings?status=${status}&limit=200`))).items;

/** So high that what waits and the last slots are in sight at once. */
const high = { width: 1_280, height: 1_600 };

async function asOrganizer(
  size: keyof typeof widths | 'high',
  use: (board: MeetingBoardPage, page: Page) => Promise<void>,
): Promise<void> {
  await inNewBrowser({ viewport: size === 'high' ? high : widths[size] }, async ({ page }) => {
    await new SignInPage(page, stop.url).withKey(stop.organizerKey);
    await use(new MeetingBoardPage(page, stop.url), page);
  });
}

describeInBrowser('an organizer’s meetings in a browser', () => {
  beforeAll(async () => {
    stop = await prepareMeetingStop(5);
  }, 180_000);

  it('get their rules: faults at their fields, slots counted, a colleague’s change not lost', async () => {
    await asOrganizer('phone', async (board, page) => {
      await openScreen(page, `${stop.url}/console/stops/${stop.stopId}`);
      await page.getByRole('link', { name: '洽谈规则' }).click();
      await board.says('这一站还没有洽谈规则');
      await board.field('桌数').fill('0');
      await board.field('每场分钟数').fill('３0');
      await board.button('保存规则').click();
      await board.says('应为 1 至 500 的整数');
      expect(await board.field('桌数').getAttribute('aria-invalid')).toBe('true');
      await lookAt(page, 'meeting rules with a fault');
      await board.field('桌数').fill('2');
      await board.field('两场之间的分钟数').fill('0');
      await board.says('共 20 个时段，可安排 40 场洽谈');
      // Until the end of the stop companies may ask.
      await board.field('截止约见').fill(await board.field('最后一场最晚结束').inputValue());
      await board.button('保存规则').click();
      await board.says('规则已保存。');
      const rules = await must(stop.organizer.get(`/v1/stops/${stop.stopId}/meeting-rules`));
      expect(rules).toMatchObject({ tables: 2, scheduling: 'organizer', slots: { minutes: 30 } });
      // A colleague changes them meanwhile.
      const { starts: _, version, stopId: __, ...body } = rules;
      await must(stop.organizer.put(`/v1/stops/${stop.stopId}/meeting-rules`, { ...body, expiresHours: 24 }));
      await board.field('桌数').fill('3');
      await board.button('保存规则').click();
      await board.says('有人刚刚改过规则');
      await board.button('保存规则').click();
      await board.says('规则已保存。');
      expect(await must(stop.organizer.get(`/v1/stops/${stop.stopId}/meeting-rules`))).toMatchObject({
        tables: 3,
        expiresHours: 24,
        version: version + 2,
      });
    });
  }, 180_000);

  it('are asked for, seen, and a listing is removed with a reason', async () => {
    const [a, b, c, d, e] = stop.companies;
    if (!a || !b || !c || !d || !e) throw new Error('There are five companies.');
    await publishListing(stop, a, 'offer');
    const unwanted = await publishListing(stop, b, 'need');
    for (const [asker, asked] of [
      [a, b],
      [a, c],
      [d, b],
      [d, c],
      [e, a],
    ] as const)
      await requestMeeting(stop, asker, asked);
    await requestMeeting(stop, e, d, false);
    await asOrganizer('desk', async (board, page) => {
      await board.open(stop.stopId, '/requests');
      await board.says('已答复 5 个，其中接受 5 个。');
      await board.button(/^待回复 1$/).click();
      await lookAt(page, 'meeting requests');
      await board.button('移除“采购方言语音”').click();
      expect(await board.dialog().getByRole('button', { name: '移除' }).isDisabled()).toBe(true);
      await board.dialog().getByRole('textbox').fill('与本次巡回无关');
      await lookAt(page, 'remove a listing');
      await board.dialog().getByRole('button', { name: '移除' }).click();
      await board.says('已移除：与本次巡回无关');
    });
    expect(await must(b.api.get(`/v1/listings/${unwanted.id}`))).toMatchObject({
      state: 'removed',
      reason: '与本次巡回无关',
    });
  }, 180_000);

  it('are planned: computed, compared, refused when stale, made anew and accepted', async () => {
    await asOrganizer('desk', async (board, page) => {
      await board.open(stop.stopId);
      await board.says('待安排（5）');
      await page.getByRole('link', { name: '自动排桌' }).click();
      await board.button('开始计算').click();
      await board.says('已证明没有更好的排法。');
      await board.says('5 场中有 5 场有位置');
      await lookAt(page, 'a plan that is ready');
      // Somebody's request is accepted meanwhile.
      const [waiting] = await meetingsOf('requested');
      const d = stop.companies[3];
      if (d === undefined) throw new Error('There are five companies.');
      const own = await must(d.api.get(`/v1/stops/${stop.stopId}/registrations`));
      const body = { delegateId: own.items[0].delegates[1].id, consent: { textVersion: '2026-11' } };
      await must(d.api.post(`/v1/meetings/${waiting.id}/accept`, body));
      await board.says('方案算出之后，洽谈、规则或企业的时间有了变化');
      expect(await board.button('采用方案').count()).toBe(0);
      await lookAt(page, 'a plan that is stale');
      await board.button('重新计算').click();
      await board.says('6 场中有 6 场有位置');
      await board.button('采用方案').click();
      await board.dialog().waitFor();
      await board.says('6 场排进，0 场换时间或换桌，0 场失去位置');
      await board.dialog().getByRole('button', { name: '采用方案' }).click();
      await board.says('方案已采用，双方会收到通知。');
      await page.getByRole('link', { name: '去看洽谈排桌' }).click();
      await page.getByRole('grid').waitFor();
    });
    expect(await meetingsOf('scheduled')).toHaveLength(6);
  }, 240_000);

  it('are moved on the board by keys, by dragging and by the dialog, undone, and cancelled with a reason', async () => {
    const name = stop.names[4] ?? '';
    await asOrganizer('high', async (board, page) => {
      await board.open(stop.stopId);
      const id = (await board.placed(name).first().getAttribute('data-meeting')) ?? '';
      const card = page.locator(`[data-meeting="${id}"]`);
      const read = () => must(stop.organizer.get(`/v1/meetings/${id}`));
      await lookAt(page, 'meeting board');
      // Away from the grid, and back by keys to the next place that suits.
      await card.focus();
      await page.keyboard.press('Delete');
      await board.waiting(name).first().waitFor();
      await expectEventually(async () => (await read()).status, 'accepted');
      await board.moveByKeys(card, 'n');
      await expectEventually(async () => (await read()).status, 'scheduled');
      await board.button('撤销').click();
      await expectEventually(async () => (await read()).status, 'accepted');
      // By the mouse into the last slot, where nobody sits.
      await card.waitFor();
      await board.drag(page.locator(`[data-waiting] [data-meeting="${id}"]`), await board.emptyCell(3));
      await expectEventually(async () => (await read()).tableNo, 3);
      await page.locator(`[role=grid] [data-meeting="${id}"]`).click();
      await board.dialog().getByLabel('桌号').selectOption('1');
      await lookAt(page, 'a meeting of the board');
      await board.dialog().getByRole('button', { name: '移到这里' }).click();
      await expectEventually(async () => (await read()).tableNo, 1);
      await board.dialog().waitFor({ state: 'detached' });
      // A slot in which one of them has another meeting is refused, in words.
      await page.locator(`[role=grid] [data-meeting="${id}"]`).click();
      await board.dialog().getByLabel('时段').locator('option', { hasText: '✕' }).first().waitFor({
        state: 'attached',
      });
      await board.dialog().getByRole('button', { name: '取消洽谈' }).click();
      await board.dialog().getByRole('textbox').fill('企业临时有事');
      await board.dialog().getByRole('button', { name: '取消洽谈' }).click();
      await expectEventually(async () => (await read()).reason, '企业临时有事');
    });
    expect(await meetingsOf('scheduled')).toHaveLength(5);
  }, 240_000);

  it('that have begun are recorded by hand, on a phone', async () => {
    const [meeting] = await meetingsOf('scheduled');
    await must(
      stop.organizer.post(`/v1/meetings/${meeting.id}/schedule`, { startsAt: stop.startsAt, tableNo: 3 }),
    );
    await asOrganizer('phone', async (board, page) => {
      await board.open(stop.stopId);
      await page.locator(`[data-meeting="${meeting.id}"]`).click();
      await board.button('已见面').click();
      await board.says('已记录。');
      await lookAt(page, 'attendance by hand');
      await page.locator('button[aria-pressed=true]', { hasText: '已见面' }).waitFor();
    });
    expect(await meetingsOf('held')).toHaveLength(1);
  }, 120_000);

  it.each(sizes.flatMap((size) => (['', '/en'] as const).map((language) => [size, language] as const)))(
    'have screens that axe and the width of the window allow: %s %s',
    async (size, language) => {
      await inNewBrowser({ viewport: widths[size] }, async ({ page, complaints }) => {
        await new SignInPage(page, stop.url).withKey(stop.organizerKey);
        // Whoever is not signed in yet is told so by a 401.
        complaints.length = 0;
        for (const screen of ['', '/plans', '/requests', '/rules']) {
          await page.goto(`${stop.url}${language}/console/stops/${stop.stopId}/meetings${screen}`);
          await page.getByRole('heading', { level: 2 }).first().waitFor();
          await page
            .getByText(/^(正在加载|Loading) …$/)
            .first()
            .waitFor({ state: 'detached' });
          await lookAt(page, `meetings ${screen} ${size} ${language}`);
        }
        expect(complaints).toEqual([]);
      });
    },
    180_000,
  );
});

describeInBrowser('companies that plan for themselves', () => {
  it('say when they have no time, choose a slot on the phone, and are told when the other side has none', async () => {
    const own = await prepareMeetingStop(2);
    const [a, b] = own.companies;
    if (!a || !b) throw new Error('There are two companies.');
    const at = (slot: number) =>
      new Date(Date.parse(own.startsAt) + slot * 1_800_000).toISOString().replace('.000Z', 'Z');
    await must(
      own.organizer.put(`/v1/stops/${own.stopId}/meeting-rules`, {
        scheduling: 'participants',
        slots: { minutes: 30, starts: [at(10), at(12), at(14)] },
        tables: 1,
        opensAt: own.startsAt,
        closesAt: at(14),
      }),
    );
    const id = await requestMeeting(own, a, b);
    const delegateIds = (
      await must(b.api.get(`/v1/stops/${own.stopId}/registrations`))
    ).items[0].delegates.map((one: { id: string }) => one.id);
    const unavailable = [{ from: at(12), to: at(13) }];
    await must(b.api.put(`/v1/stops/${own.stopId}/meeting-attendance`, { delegateIds, unavailable }));
    await inNewBrowser({ viewport: widths.phone }, async ({ page }) => {
      await new SignInPage(page, own.url).withKey(
        a.api.apiKey ?? '',
        `/company/stops/${own.stopId}/meetings`,
      );
      await page.getByText('这一站由双方自己选时间').waitFor();
      await page.getByText('谁参加洽谈、何时没空').click();
      await page.getByLabel('最多几场洽谈').fill('3');
      await page.getByRole('button', { name: '增加一段没空的时间' }).click();
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('必填').first().waitFor();
      await lookAt(page, 'who comes to meetings');
      await page.getByRole('button', { name: '移除第 1 段' }).click();
      await page.getByRole('button', { name: '保存' }).click();
      await page.getByText('已保存，之后的安排会照此进行。').waitFor();
      await page.getByText('谁参加洽谈、何时没空').click();
      await page.getByRole('button', { name: /^选时间/ }).click();
      const slots = page.getByRole('dialog').getByLabel('时段');
      await slots.selectOption(at(12));
      await lookAt(page, 'choose a time');
      await page.getByRole('button', { name: '就定这个时间' }).click();
      await page.getByText('此人在这个时间另有安排。').waitFor();
      await slots.selectOption(at(14));
      await page.getByRole('button', { name: '就定这个时间' }).click();
      await page.getByText('1 号桌').waitFor();
      await page.getByText('日历', { exact: true }).click();
      await page.getByRole('button', { name: '生成订阅地址' }).click();
      await page.getByText(/meetings\.ics\?feed=/).waitFor();
      await lookAt(page, 'meetings of a company that plans');
      await page.goto(`${own.url}/en/company/stops/${own.stopId}/meetings`);
      await page.getByRole('button', { name: /Take the time away/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Take the time away' }).click();
      await page.getByRole('button', { name: /Choose a time/ }).waitFor();
    });
    expect(await must(a.api.get(`/v1/meetings/${id}`))).toMatchObject({ status: 'accepted', startsAt: null });
    expect(await must(a.api.get(`/v1/stops/${own.stopId}/meeting-attendance`))).toMatchObject({
      maxMeetings: 3,
    });
  }, 180_000);
});

const patienceMs = 15_000;

/** What is said on the screen at once is at the API a moment later. */
async function expectEventually(read: () => Promise<unknown>, wanted: unknown): Promise<void> {
  const until = Date.now() + patienceMs;
  for (;;) {
    const found = await read();
    if (found === wanted || Date.now() > until) return expect(found).toBe(wanted);
  }
}
