import { beforeEach, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { must } from '../support/client.js';
import { axeViolations, describeInBrowser, inNewBrowser, overflow, sizes, widths } from './browser.js';
import { PlannerPage } from './page-models/planner.page.js';
import { SignInPage } from './page-models/sign-in.page.js';
import { prepareLargePlan, preparePlannedStop, type PlannedStop } from './planned-stop.js';

let stop: PlannedStop;

/** The planner of the stop, opened by its organizer. */
async function inPlanner(
  options: Parameters<typeof inNewBrowser>[0],
  use: (planner: PlannerPage, page: Page, complaints: string[]) => Promise<void>,
  prepare: (page: Page) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  await inNewBrowser(options, async ({ page, complaints }) => {
    await new SignInPage(page, stop.url).withKey(stop.organizerKey);
    await prepare(page);
    const planner = new PlannerPage(page, stop.url);
    await planner.open(stop.stopId);
    complaints.length = 0;
    await use(planner, page, complaints);
  });
}

const saved = async (title: string) => must(stop.organizer.get(`/v1/sessions/${stop.sessionIds[title]}`));

/** Waits until the service has what the screen shows. */
async function untilSaved(title: string, member: string, value: unknown): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await saved(title))[member] === value) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${title} never had ${member} ${String(value)}.`);
}

describeInBrowser('the planner', () => {
  beforeEach(async () => {
    stop = await preparePlannedStop(['甲', '乙', '丙']);
    await stop.schedule('甲', 0, '09:00');
    await stop.schedule('乙', 0, '10:00');
  }, 60_000);

  it('is worked by keys alone, and tells each step', async () => {
    await inPlanner({ viewport: widths.desk }, async (planner, page) => {
      await planner.session('甲').focus();
      await page.keyboard.press('ArrowDown');
      expect(await page.evaluate('document.activeElement.textContent')).toContain('乙');
      await page.keyboard.press('Enter');
      expect(await planner.spoken().innerText()).toContain('已拿起“乙”');
      await page.keyboard.press('Shift+ArrowUp');
      expect(await planner.spoken().innerText()).toBe('会场1 09:00–09:30，会场已占用：甲');
      await page.keyboard.press('Enter');
      expect(await planner.spoken().innerText()).toBe('不能放在这里：会场已占用：甲。');
      await page.keyboard.press('n');
      expect(await planner.spoken().innerText()).toBe('会场2 09:00–09:30，可以');
      await page.keyboard.press('Enter');
      await planner.placed('乙', '会场2', '09:00').waitFor();
      expect(await page.evaluate('document.activeElement.textContent')).toContain('乙');
      await untilSaved('乙', 'roomId', stop.roomIds[1]);
      await page.keyboard.press('Delete');
      await planner.unscheduled('乙').waitFor();
      await untilSaved('乙', 'status', 'accepted');
      await page.keyboard.press('Control+z');
      await planner.placed('乙', '会场2', '09:00').waitFor();
      await page.keyboard.press('Control+z');
      await planner.placed('乙', '会场1', '10:00').waitFor();
      await page.keyboard.press('Control+y');
      await planner.placed('乙', '会场2', '09:00').waitFor();
      await untilSaved('乙', 'roomId', stop.roomIds[1]);
      await planner.session('丙').focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('Escape');
      expect(await planner.spoken().innerText()).toBe('“丙”放回了原处。');
      expect(await page.evaluate('document.activeElement.textContent')).toContain('丙');
    });
  }, 120_000);

  it('takes a finger that rests before it drags', async () => {
    const touch = { viewport: { width: 1_024, height: 768 }, hasTouch: true };
    await inPlanner(touch, async (planner, page) => {
      const from = await planner.session('丙').boundingBox();
      const to = await page.locator('[data-room]').nth(1).boundingBox();
      if (from === null || to === null) throw new Error('Nothing is drawn.');
      const cdp = await page.context().newCDPSession(page);
      const point = (x: number, y: number) => ({ touchPoints: [{ x, y }] });
      const start = { x: from.x + 20, y: from.y + 5 };
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchStart', ...point(start.x, start.y) });
      await page.locator('.drag-ghost').waitFor();
      for (let step = 1; step <= 6; step += 1) {
        const at = (target: number, begin: number) => begin + ((target - begin) * step) / 6;
        const [x, y] = [at(to.x + 40, start.x), at(to.y + 150, start.y)];
        await cdp.send('Input.dispatchTouchEvent', { type: 'touchMove', ...point(x, y) });
      }
      await page.locator('.plan-target-free').waitFor();
      await cdp.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
      await untilSaved('丙', 'roomId', stop.roomIds[1]);
      expect(await page.getByRole('dialog').count()).toBe(0);
    });
  }, 120_000);

  it('does all of it by a dialog on a phone', async () => {
    await inPlanner({ viewport: widths.phone, hasTouch: true }, async (planner, page) => {
      await planner.openDialog('丙');
      await page.getByLabel('会场', { exact: true }).selectOption('会场1');
      await page.getByLabel('开始时间').selectOption({ label: '09:00 ✕ 会场已占用：甲' });
      expect(await planner.button('移到这里').isDisabled()).toBe(true);
      await page.getByRole('button', { name: '会场2 09:00–09:30' }).click();
      expect(await axeViolations(page)).toEqual([]);
      expect(Math.max(0, await overflow(page))).toBe(0);
      await planner.button('移到这里').click();
      await untilSaved('丙', 'roomId', stop.roomIds[1]);
      await planner.openDialog('甲');
      await page.getByLabel('与哪一场交换').selectOption({ label: '丙 · 会场2 09:00–09:30' });
      await planner.button('交换').click();
      await untilSaved('甲', 'roomId', stop.roomIds[1]);
      await untilSaved('丙', 'roomId', stop.roomIds[0]);
      await planner.button('↶ 撤销').click();
      await untilSaved('甲', 'roomId', stop.roomIds[0]);
      await planner.openDialog('甲');
      await planner.button('取消排期').click();
      await untilSaved('甲', 'status', 'accepted');
    });
  }, 120_000);

  it('asks where a colleague moves a session that is lifted here', async () => {
    await inPlanner({ viewport: widths.desk }, async (planner, page) => {
      await page.getByText('● 实时更新').waitFor();
      await planner.session('甲').focus();
      await page.keyboard.press('Enter');
      await planner.lifted().waitFor();
      await stop.schedule('甲', 1, '12:00');
      await page.getByText('同事把“甲”移到了 会场2 12:00–12:30。').waitFor();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Enter');
      await planner.dialog().getByText('它现在：会场2 12:00–12:30。').waitFor();
      await planner.button('保留同事的').click();
      await planner.placed('甲', '会场2', '12:00').waitFor();
      await untilSaved('甲', 'startsAt', stop.at('12:00'));
    });
  }, 120_000);

  it('says before the drop why a place is taken, and offers to swap', async () => {
    await inPlanner({ viewport: widths.desk }, async (planner) => {
      await planner.drag('甲', 0, 60);
      await planner.button('与“乙”交换').click();
      await planner.placed('甲', '会场1', '10:00').waitFor();
      await untilSaved('乙', 'startsAt', stop.at('09:00'));
    });
  }, 120_000);

  it('hides a room, through a reload too, and shows it again', async () => {
    await inPlanner({ viewport: widths.desk }, async (planner, page) => {
      await page.locator('summary', { hasText: '会场 (2/2)' }).click();
      await page.getByLabel('会场1').uncheck();
      await planner.session('甲').waitFor({ state: 'detached' });
      expect(await page.locator('[data-room]').count()).toBe(1);
      await page.reload();
      await planner.unscheduled('丙').waitFor();
      expect(await page.locator('[data-room]').count()).toBe(1);
      await page.locator('summary', { hasText: '会场 (1/2)' }).click();
      await page.getByLabel('会场1').check();
      await planner.placed('甲', '会场1', '09:00').waitFor();
    });
  }, 60_000);

  it('drags back to the list, and stays where it was after Escape', async () => {
    await inPlanner({ viewport: widths.desk }, async (planner, page) => {
      const card = await planner.session('甲').boundingBox();
      const list = await page.locator('.plan-list').boundingBox();
      if (card === null || list === null) throw new Error('Nothing is drawn.');
      const lift = async (): Promise<void> => {
        await page.mouse.move(card.x + 20, card.y + 5);
        await page.mouse.down();
        await page.mouse.move(list.x + 40, list.y + 40, { steps: 5 });
        await page.getByText('放到这里取消排期').waitFor();
      };
      await lift();
      await page.keyboard.press('Escape');
      await page.mouse.up();
      await planner.placed('甲', '会场1', '09:00').waitFor();
      await lift();
      await page.mouse.up();
      await planner.unscheduled('甲').waitFor();
      await untilSaved('甲', 'status', 'accepted');
    });
  }, 120_000);

  it('keeps a move through a lost connection and a reload, and makes it once', async () => {
    await inPlanner({ viewport: widths.desk }, async (planner, page) => {
      page.on('dialog', (dialog) => void dialog.accept());
      await page.route('**/v1/sessions/*/schedule', (route) => route.abort());
      await planner.moveByKeys('甲', 'ArrowRight');
      await planner.placed('甲', '会场2', '09:00').waitFor();
      await page.getByText('1 个改动还没有保存，会自动重试。').waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await page.reload();
      await planner.placed('甲', '会场2', '09:00').waitFor();
      expect((await saved('甲')).roomId).toBe(stop.roomIds[0]);
      await page.unroute('**/v1/sessions/*/schedule');
      await untilSaved('甲', 'roomId', stop.roomIds[1]);
      await page.getByText('还没有保存').waitFor({ state: 'detached' });
      await planner.button('↶ 撤销').click();
      await untilSaved('甲', 'roomId', stop.roomIds[0]);
    });
  }, 120_000);

  it('keeps a move of somebody who was signed out meanwhile', async () => {
    await inPlanner({ viewport: widths.desk }, async (planner, page) => {
      page.on('dialog', (dialog) => void dialog.accept());
      await page.context().clearCookies();
      await planner.moveByKeys('甲', 'ArrowRight');
      await page.getByRole('link', { name: '重新登录' }).click();
      await page.getByText('使用 API 密钥登录').click();
      await page.getByLabel('API 密钥').fill(stop.organizerKey);
      await page.locator('details').getByRole('button', { name: '登录' }).click();
      await planner.placed('甲', '会场2', '09:00').waitFor();
      await untilSaved('甲', 'roomId', stop.roomIds[1]);
    });
  }, 120_000);

  it.each(sizes)(
    'has nothing that axe, the console or the window objects to: %s',
    async (size) => {
      await inPlanner({ viewport: widths[size] }, async (planner, page, complaints) => {
        for (const language of ['', '/en'] as const) {
          await planner.open(stop.stopId, language);
          await planner.session('甲').waitFor();
          expect([language, await axeViolations(page)]).toEqual([language, []]);
          expect([language, Math.max(0, await overflow(page))]).toEqual([language, 0]);
          if (size === 'desk') {
            await planner.session('甲').focus();
            await page.keyboard.press('Enter');
            await planner.lifted().waitFor();
            expect(['lifted', await axeViolations(page)]).toEqual(['lifted', []]);
            await page.keyboard.press('Escape');
          }
          await planner.openDialog('甲');
          expect(['dialog', await axeViolations(page)]).toEqual(['dialog', []]);
        }
        expect(complaints).toEqual([]);
      });
    },
    120_000,
  );

  it('reflows at 320 pixels', async () => {
    await inPlanner({ viewport: { width: 320, height: 640 } }, async (_, page) => {
      expect(Math.max(0, await overflow(page))).toBe(0);
    });
  }, 60_000);
});

describeInBrowser('a planner of 12 rooms and 120 sessions', () => {
  it('draws a step of a drag within 16 ms, and a key within 50 ms, on a quarter of the speed', async () => {
    stop = await prepareLargePlan();
    // What was scheduled above still comes by the stream.
    const withoutStream = (page: Page) => page.route('**/v1/events/stream*', (route) => route.abort());
    const measure = async (planner: PlannerPage, page: Page): Promise<void> => {
      const first = page.locator('[data-session]').first();
      await first.waitFor();
      const cdp = await page.context().newCDPSession(page);
      // Time of the thread, so that a busy machine counts no more than a quiet one.
      await cdp.send('Performance.enable', { timeDomain: 'threadTicks' });
      await cdp.send('Emulation.setCPUThrottlingRate', { rate: 4 });
      const spentMs = async (): Promise<number> => {
        const { metrics } = await cdp.send('Performance.getMetrics');
        const of = (name: string): number => metrics.find((one) => one.name === name)?.value ?? 0;
        return (of('ScriptDuration') + of('LayoutDuration') + of('RecalcStyleDuration')) * 1_000;
      };
      const box = await first.boundingBox();
      if (box === null) throw new Error('Nothing is drawn.');
      await page.mouse.move(box.x + 20, box.y + 10);
      await page.mouse.down();
      await page.mouse.move(box.x + 60, box.y + 60, { steps: 4 });
      await page.locator('.plan-target').waitFor();
      const beforeDrag = await spentMs();
      const moves = 60;
      await page.mouse.move(box.x + 700, box.y + 400, { steps: moves });
      const drag = ((await spentMs()) - beforeDrag) / moves;
      await page.keyboard.press('Escape');
      await page.mouse.up();
      await first.focus();
      await page.keyboard.press('Enter');
      await planner.lifted().waitFor();
      const beforeKeys = await spentMs();
      const presses = 20;
      for (let press = 0; press < presses; press += 1) await page.keyboard.press('ArrowDown');
      const key = ((await spentMs()) - beforeKeys) / presses;
      console.log(`a step of a drag ${drag.toFixed(1)} ms, a key ${key.toFixed(1)} ms`);
      expect(drag).toBeLessThanOrEqual(16);
      expect(key).toBeLessThanOrEqual(50);
    };
    await inPlanner({ viewport: { width: 1_600, height: 1_000 } }, measure, withoutStream);
  }, 180_000);
});
