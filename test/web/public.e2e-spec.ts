import { beforeAll, expect, it } from '@jest/globals';
import { soon } from '#service/testing/patience';
import { must } from '../support/client.js';
import { describeInBrowser, inNewBrowser, overflow, widths } from './browser.js';
import { addressOf, lookAtPages, pagePaths } from './look-at-pages.js';
import { preparePublicTour, type Scenario } from './scenario.js';

let scenario: Scenario;

describeInBrowser('public pages in a browser', () => {
  beforeAll(async () => {
    scenario = await preparePublicTour();
  });

  it.each([
    ['phone', ''],
    ['desk', '/en'],
  ] as const)(
    'have nothing that axe, the console or a narrow screen objects to: %s %s',
    (size, language) => lookAtPages(scenario, size, language),
    120_000,
  );

  it('are whole without JavaScript, filters and all', async () => {
    await inNewBrowser({ javaScriptEnabled: false }, async ({ page }) => {
      await page.goto(`${scenario.url}/tours/${scenario.tourId}`);
      await page.getByRole('link', { name: '成都站', exact: true }).click();
      await page.getByRole('link', { name: '查看日程' }).click();
      await page.getByLabel('主题').selectOption('模型');
      await page.getByRole('button', { name: '筛选' }).click();
      expect(await page.locator('.session').allInnerTexts()).toEqual([
        expect.stringContaining('第 2 场分享'),
      ]);
      for (const path of pagePaths) {
        await page.goto(addressOf(scenario, path, '/en'));
        expect([path, await page.getByRole('heading', { level: 1 }).count()]).toEqual([path, 1]);
        // Nothing waits for a script: what is busy, hidden until then, or empty would show here.
        expect([path, await page.locator('[aria-busy=true], main:empty').count()]).toEqual([path, 0]);
      }
    });
  });

  it('reflow at 320 pixels', async () => {
    await inNewBrowser({ viewport: { width: 320, height: 640 } }, async ({ page }) => {
      for (const path of pagePaths) {
        await page.goto(addressOf(scenario, path));
        expect([path, Math.max(0, await overflow(page))]).toEqual([path, 0]);
      }
    });
  });

  it('filter a timetable at once where there is JavaScript, and remember it in the address', async () => {
    await inNewBrowser({}, async ({ page }) => {
      await page.goto(`${scenario.url}/en/stops/${scenario.stopId}/timetable`);
      await page.getByLabel('Search titles and speakers').fill('talk 2');
      await soon(async () => expect(await page.locator('.session:visible').count()).toBe(1));
      await expectText(page.locator('[data-found]'), '1 session');
      await soon(() => expect(new URL(page.url()).searchParams.get('q')).toBe('talk 2'));
    });
  });

  it('show the clock of the stop first, and the reader’s with one press', async () => {
    await inNewBrowser({ timezoneId: 'Europe/Berlin' }, async ({ page }) => {
      await page.goto(`${scenario.url}/en/stops/${scenario.stopId}/timetable`);
      const time = page.locator('.session time').first();
      const there = await time.innerText();
      await page.getByRole('button', { name: /Show in my time zone \(Europe\/Berlin/ }).click();
      await soon(async () => expect(await time.innerText()).not.toBe(there));
      await page.getByRole('button', { name: 'Show in the stop’s time zone' }).click();
      await soon(async () => expect(await time.innerText()).toBe(there));
    });
  });

  it('lead to what is on now, and from a release to what it changed', async () => {
    const { startsAt } = await must(scenario.organizer.get(`/v1/stops/${scenario.stopId}`));
    await inNewBrowser({}, async ({ page }) => {
      await page.clock.setFixedTime(Date.parse(startsAt) + 60_000);
      await page.goto(`${scenario.url}/stops/${scenario.stopId}/timetable`);
      await page.getByRole('link', { name: '跳到当前' }).click();
      const onNow = page.locator('.session.is-on');
      expect(await onNow.innerText()).toContain('第 1 场分享');
      expect(new URL(page.url()).hash).toBe(`#${await onNow.getAttribute('id')}`);
      await page.getByRole('link', { name: '本版有何变动' }).click();
      await page.getByText('新增一场').waitFor();
      expect(await page.getByRole('region', { name: '第 2 版' }).innerText()).toContain('第 2 场分享');
    });
  });

  it('say inside WeChat how a calendar is opened', async () => {
    const userAgent = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) MicroMessenger/8.0.50';
    await inNewBrowser({ userAgent, viewport: widths.phone }, async ({ page }) => {
      await page.goto(`${scenario.url}/stops/${scenario.stopId}`);
      expect(await page.getByText('选择“在浏览器打开”').isVisible()).toBe(true);
    });
  });

  it('lead from one language to the other and keep the place', async () => {
    await inNewBrowser({}, async ({ page }) => {
      await page.goto(`${scenario.url}/stops/${scenario.stopId}`);
      await page.getByRole('link', { name: 'English' }).click();
      await page.waitForURL(`**/en/stops/${scenario.stopId}`);
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
    });
  });

  it('can be walked through by keyboard, with the skip link first', async () => {
    await inNewBrowser({}, async ({ page }) => {
      await page.goto(scenario.url);
      await page.keyboard.press('Tab');
      expect(await page.evaluate('document.activeElement.className')).toBe('skip');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.id')).toBe('content');
    });
  });
});

async function expectText(locator: { innerText: () => Promise<string> }, text: string): Promise<void> {
  await soon(async () => expect(await locator.innerText()).toBe(text));
}
