import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { soon } from '#service/testing/patience';
import { aSession, must, signUpCompany, type ApiClient } from '../support/client.js';
import { describeInBrowser, inNewBrowser, widths } from './browser.js';
import { guestOf, prepareDoor } from './door-scenario.js';
import { compose, isFocused, Keyboard } from './keyboard.js';
import { DoorPage } from './page-models/door.page.js';
import { PlannerPage } from './page-models/planner.page.js';
import { preparePlannedStop, type PlannedStop } from './planned-stop.js';
import { aNewCompany, preparePublicTour, type Scenario } from './scenario.js';

/** Signs in with a key, by the keyboard alone. */
async function signInByKeys(page: Page, url: string, apiKey: string, next: string): Promise<Keyboard> {
  const keys = new Keyboard(page);
  await page.goto(`${url}/sign-in?next=${encodeURIComponent(next)}`);
  await keys.enter(page.locator('summary', { hasText: '使用 API 密钥登录' }));
  await keys.type(page.getByLabel('API 密钥'), apiKey);
  await keys.press('Enter');
  await page.waitForURL((at) => !at.pathname.endsWith('/sign-in'));
  return keys;
}

describeInBrowser('an organizer without a mouse', () => {
  let stop: PlannedStop;

  beforeAll(async () => {
    stop = await preparePlannedStop(['甲', '乙', '丙']);
    await stop.schedule('甲', 0, '09:00');
  }, 120_000);

  const savedAs = (title: string, expected: object): Promise<void> =>
    soon(async () =>
      expect(await must(stop.organizer.get(`/v1/sessions/${stop.sessionIds[title]}`))).toMatchObject(
        expected,
      ),
    );

  it('goes through the planner: places, moves, swaps, takes back, does again and unschedules', async () => {
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      const keys = await signInByKeys(page, stop.url, stop.organizerKey, `/console/stops/${stop.stopId}`);
      const planner = new PlannerPage(page, stop.url);
      await keys.enter(page.getByRole('link', { name: '排期', exact: true }));
      await planner.unscheduled('乙').waitFor();
      const [first, second] = stop.roomIds;
      // What has no place goes to the next free one.
      await keys.tabTo(planner.unscheduled('乙'));
      await keys.press('Enter');
      await planner.lifted().waitFor();
      await keys.press('n', 'Enter');
      await planner.placed('乙', '会场2', '09:00').waitFor();
      await savedAs('乙', { status: 'scheduled', roomId: second, startsAt: stop.at('09:00') });
      // The focus has come along, so that the next key moves it on.
      await keys.press('Enter');
      await planner.lifted().waitFor();
      await keys.press('Shift+ArrowDown', 'Enter');
      await savedAs('乙', { roomId: second, startsAt: stop.at('10:00') });
      // Two change places by the dialog, which keeps the focus until it closes.
      await keys.press('m');
      await planner.dialog().waitFor();
      await keys.choose(page.getByLabel('与哪一场交换'), 1);
      await keys.enter(planner.dialog().getByRole('button', { name: '交换', exact: true }));
      await savedAs('乙', { roomId: first, startsAt: stop.at('09:00') });
      await savedAs('甲', { roomId: second, startsAt: stop.at('10:00') });
      await planner.dialog().waitFor({ state: 'detached' });
      // Whatever has the focus, undo and redo are two keys; and they are buttons.
      await keys.press('Control+z');
      await savedAs('甲', { roomId: first, startsAt: stop.at('09:00') });
      await keys.press('Control+y');
      await savedAs('甲', { roomId: second, startsAt: stop.at('10:00') });
      await keys.enter(planner.button('↶ 撤销'));
      await savedAs('甲', { roomId: first, startsAt: stop.at('09:00') });
      // The arrows go from one to the next, and Delete takes the place away.
      await keys.tabTo(page.locator('.plan-item [data-session]'));
      await keys.press('Delete');
      await soon(async () => {
        const { items } = await must(
          stop.organizer.get(`/v1/stops/${stop.stopId}/sessions?status=scheduled`),
        );
        expect(items).toHaveLength(1);
      });
      expect(await page.evaluate('document.activeElement.hasAttribute("data-session")')).toBe(true);
    });
  }, 120_000);

  it('reviews what is proposed, and an input method decides nothing', async () => {
    const { api } = await signUpCompany(stop.organizer);
    const propose = async (zh: string): Promise<string> =>
      (await must(api.post(`/v1/stops/${stop.stopId}/sessions`, aSession({ title: { zh } })))).id;
    const ids = [await propose('提案一'), await propose('提案二')];
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      const keys = await signInByKeys(
        page,
        stop.url,
        stop.organizerKey,
        `/console/stops/${stop.stopId}/sessions`,
      );
      await keys.enter(page.getByRole('link', { name: '评审提案（2）' }));
      await page.getByRole('heading', { name: '待评审 2 场' }).waitFor();
      await keys.press('c');
      await compose(page, 'hen hao', '很好');
      expect(await page.getByRole('textbox').inputValue()).toBe('很好');
      await page.reload();
      expect(await page.getByRole('textbox').inputValue()).toBe('很好');
      await keys.press('4');
      await page.getByText('您评了 4 分').waitFor();
      await keys.press('a');
      await page.getByRole('heading', { name: '提案二' }).waitFor();
      await keys.press('r');
      await page.getByRole('dialog').waitFor();
      await compose(page, 'chongfu', '重复');
      await page.getByRole('dialog').waitFor();
      await keys.press('Enter');
      await page.getByRole('heading', { name: '待评审 0 场' }).waitFor();
      // It can be taken back for some seconds, in which the screen stays open.
      await soon(async () =>
        expect(await must(stop.organizer.get(`/v1/sessions/${ids[1] ?? ''}`))).toMatchObject({
          status: 'rejected',
          reason: '重复',
        }),
      );
    });
    const reviews = await must(stop.organizer.get(`/v1/sessions/${ids[0] ?? ''}/reviews`));
    expect(reviews.items).toMatchObject([{ score: 4, comment: '很好' }]);
  }, 120_000);
});

describeInBrowser('a company without a mouse', () => {
  let scenario: Scenario;

  beforeAll(async () => {
    scenario = await preparePublicTour();
  }, 120_000);

  it('comes from the public page through sign-up and registration to its badge', async () => {
    const company = aNewCompany();
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      const keys = new Keyboard(page);
      await page.goto(`${scenario.url}/stops/${scenario.stopId}`);
      await keys.enter(page.getByRole('link', { name: '为贵公司报名' }));
      await keys.enter(page.getByRole('link', { name: '登记公司' }));
      await keys.type(page.getByLabel('公司名称（中文）'), company.name);
      await keys.type(page.getByLabel('统一社会信用代码'), company.uscc);
      await keys.type(page.getByLabel('联系人姓名'), '示例甲');
      await keys.type(page.getByLabel('联系邮箱'), company.email);
      await keys.press('Enter');
      await keys.enter(page.getByRole('button', { name: '继续' }));
      await page.waitForURL('**/company');
      await page.goto(`${scenario.url}/company/stops/${scenario.stopId}/register`);
      const person = page.getByRole('listitem', { name: '第 1 位' });
      await keys.type(person.getByLabel('姓名'), '张三');
      await keys.type(person.getByLabel('邮箱'), 'zhang@example.com');
      await keys.enter(page.getByRole('button', { name: '下一步：核对' }));
      await keys.tick(page.getByRole('checkbox'));
      await keys.enter(page.getByRole('button', { name: '提交报名' }));
      await keys.enter(page.getByRole('link', { name: '查看报名' }));
      const badge = page.getByRole('button', { name: '张三 的入场码' });
      await keys.enter(badge);
      await page.getByRole('img', { name: '张三 的入场码' }).waitFor();
      await keys.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      // The focus is where it was, and the screen is not left.
      await soon(async () => expect(await isFocused(badge)).toBe(true));
    });
  }, 120_000);
});

describeInBrowser('a door without a mouse and a camera', () => {
  let scenario: Awaited<ReturnType<typeof prepareDoor>>;
  let organizer: ApiClient;

  beforeAll(async () => {
    scenario = await prepareDoor(3);
    ({ organizer } = scenario);
  }, 120_000);

  it('joins, lets in by a typed badge and by a name, and takes back', async () => {
    const [one, other] = [guestOf(scenario, 0), guestOf(scenario, 1)];
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      const [keys, door] = [new Keyboard(page), new DoorPage(page)];
      await page.goto(await scenario.pass());
      await keys.enter(page.getByRole('button', { name: '加入' }));
      await door.roster().waitFor();
      await keys.type(door.field(), one.badge);
      await keys.press('Enter');
      expect(await door.verdict('green')).toContain(one.name);
      // The field has the focus again. A name is found while it is composed, and Enter of the input method lets nobody in.
      await soon(async () => expect(await isFocused(door.field())).toBe(true));
      await compose(page, other.name.slice(0, 2), other.name);
      await page.getByRole('option', { name: other.name }).waitFor();
      expect(await page.locator('[data-colour="green"]').innerText()).toContain(one.name);
      await keys.press('Enter');
      await page.locator('[data-colour="green"]').getByText(other.name).waitFor();
      await keys.enter(page.getByRole('button', { name: `撤回 ${one.name}` }));
      await door.verdict('purple');
      await door.waiting(0).waitFor();
    });
    const list = await must(organizer.get(`/v1/stops/${scenario.stopId}/door-list?limit=200`));
    const inside = list.items.filter(({ checkedInAt }: { checkedInAt: unknown }) => checkedInAt !== null);
    expect(inside.map(({ name }: { name: string }) => name)).toEqual([other.name]);
  }, 120_000);
});
