import { beforeAll, expect, it } from '@jest/globals';
import { delegates, inDays, must, signUpCompany } from '../support/client.js';
import { describeInBrowser, inNewBrowser, sizes, widths } from './browser.js';
import { lookAt, openScreen } from './look.js';
import { SignInPage } from './page-models/sign-in.page.js';
import { StopPage } from './page-models/stop.page.js';
import { preparePublicTour, type Scenario } from './scenario.js';

let scenario: Scenario;

beforeAll(async () => {
  scenario = await preparePublicTour();
  const { organizer, stopId } = scenario;
  const { api } = await signUpCompany(organizer);
  await must(api.post(`/v1/stops/${stopId}/registrations`, { delegates: delegates(2) }));
  const { startsAt, endsAt } = await must(organizer.get(`/v1/stops/${stopId}`));
  const slots = { from: startsAt, to: endsAt, minutes: 30 };
  const rules = { scheduling: 'organizer', slots, tables: 2, opensAt: inDays(-1), closesAt: startsAt };
  // A stop without rules answers 404, which the browser complains about.
  await must(organizer.put(`/v1/stops/${stopId}/meeting-rules`, rules));
}, 120_000);

describeInBrowser('an organizer’s stops in a browser', () => {
  it.each(sizes.flatMap((size) => ['', '/en'].map((language) => [size, language] as const)))(
    'have screens that axe and the width of the window allow: %s %s',
    async (size, language) => {
      await inNewBrowser({ viewport: widths[size] }, async ({ page, complaints }) => {
        await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
        // A browser that is not signed in yet gets a 401.
        complaints.length = 0;
        const { tourId, stopId } = scenario;
        for (const path of [
          '',
          `/tours/${tourId}`,
          `/tours/${tourId}/stops/new`,
          `/tours/${tourId}/stops/new?copy=${stopId}`,
          `/stops/${stopId}`,
          `/stops/${stopId}/edit`,
          `/stops/${stopId}/reschedule`,
          `/stops/${stopId}/registrations`,
        ]) {
          await openScreen(page, `${scenario.url}${language}/console${path}`);
          await lookAt(
            page,
            `console ${path.replaceAll(tourId, 'T').replaceAll(stopId, 'S')} ${size} ${language}`,
          );
        }
        expect(complaints).toEqual([]);
      });
    },
    180_000,
  );

  it('are edited: only what was changed is sent, nothing is lost by a reload, and a fault is at its field', async () => {
    await inNewBrowser({ viewport: widths.desk }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      const { organizer, tourId } = scenario;
      const stop = new StopPage(page, scenario.url);
      const { items } = await must(organizer.get(`/v1/tours/${tourId}/stops`));
      const id = items[1].id as string;
      await stop.open(id, '/edit');
      await stop.field('参会席位').fill('很多');
      await stop.press('保存');
      await stop.says('应为 1 至 100000 的整数');
      expect(await stop.field('参会席位').getAttribute('aria-invalid')).toBe('true');
      await stop.field('参会席位').fill('１２');
      await page.reload();
      expect(await stop.field('参会席位').inputValue()).toBe('１２');
      // A colleague changes another thing meanwhile.
      await must(organizer.patch(`/v1/stops/${id}`, { travel: { zh: '地铁 2 号线' } }));
      await stop.press('保存');
      await stop.says('有人刚刚改过这一站');
      await stop.press('保存');
      await stop.says('已保存。');
      const changed = await must(organizer.get(`/v1/stops/${id}`));
      expect(changed).toMatchObject({ capacity: 12, travel: { zh: '地铁 2 号线' } });
    });
  }, 120_000);

  it('are rescheduled, with what it touches shown before', async () => {
    await inNewBrowser({ viewport: widths.desk, timezoneId: 'Europe/Berlin' }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      const { organizer, stopId } = scenario;
      const stop = new StopPage(page, scenario.url);
      const before = await must(organizer.get(`/v1/stops/${stopId}`));
      await stop.open(stopId, '/reschedule');
      await stop.says('时间没有变化。');
      const [starts, ends] = [stop.field('开始时间'), stop.field('结束时间')];
      const [from, to] = [await starts.inputValue(), await ends.inputValue()];
      await starts.fill(dayLater(from));
      await ends.fill(dayLater(to));
      await stop.says('1 个报名（2 席）保留');
      await stop.says('2 场已排期的分享随之平移。');
      await stop.says('已发布的日程会自动更新为新的一版。');
      await lookAt(page, 'reschedule preview');
      await page.getByRole('button', { name: '改期并通知' }).dblclick();
      await stop.says('已保存。');
      const after = await must(organizer.get(`/v1/stops/${stopId}`));
      expect(Date.parse(after.startsAt) - Date.parse(before.startsAt)).toBe(86_400_000);
      expect(after.version).toBe(before.version + 1);
    });
  }, 120_000);

  it('are copied, published, completed early, and cancelled with a reason', async () => {
    await inNewBrowser({ viewport: widths.phone }, async ({ page }) => {
      await new SignInPage(page, scenario.url).withKey(scenario.organizerKey);
      const { organizer, tourId, stopId } = scenario;
      const stop = new StopPage(page, scenario.url);
      await page.goto(`${scenario.url}/console/tours/${tourId}/stops/new?copy=${stopId}`);
      await page.getByLabel('名称（中文）').first().fill('复制站');
      await page.getByLabel('省、直辖市').selectOption('110000');
      await page.getByLabel('场地名称（中文）').fill('会议中心');
      await stop.field('开始时间').fill('2098-03-01T09:00');
      await stop.field('结束时间').fill('2098-03-01T18:00');
      await stop.field('报名开放').fill('2026-01-01T00:00');
      await stop.field('报名截止').fill('2098-02-20T00:00');
      await page.getByRole('button', { name: '新建', exact: true }).dblclick();
      await page.waitForURL(/\/console\/stops\/[^/]+$/);
      await stop.says('准备清单');
      const copies = (await must(organizer.get(`/v1/tours/${tourId}/stops`))).items.filter(
        ({ name }: { name: { zh?: string } }) => name.zh === '复制站',
      );
      expect(copies).toHaveLength(1);
      expect(copies[0].rooms).toHaveLength(2);
      await stop.press('发布');
      await stop.sure('发布');
      await page.getByRole('link', { name: '改期' }).waitFor();
      await stop.press('取消这一站');
      await page.getByRole('dialog').getByRole('textbox').fill('场地无法使用');
      await lookAt(page, 'cancel a stop');
      await stop.sure('取消这一站');
      await stop.says('已取消');
      expect(await must(organizer.get(`/v1/stops/${copies[0].id}`))).toMatchObject({
        status: 'cancelled',
        reason: '场地无法使用',
      });
    });
  }, 120_000);
});

/** The value of a field for date and time, a day on. */
function dayLater(local: string): string {
  return new Date(Date.parse(`${local}Z`) + 86_400_000).toISOString().slice(0, 16);
}
