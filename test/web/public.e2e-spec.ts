import { beforeAll, expect, it } from '@jest/globals';
import { axeViolations, describeInBrowser, inNewBrowser, overflow, sizes, widths } from './browser.js';
import { preparePublicTour, type Scenario } from './scenario.js';

let scenario: Scenario;

const paths = (): Readonly<Record<string, string>> => ({
  home: '/',
  tour: `/tours/${scenario.tourId}`,
  stop: `/stops/${scenario.stopId}`,
  timetable: `/stops/${scenario.stopId}/timetable`,
  changes: `/stops/${scenario.stopId}/changes`,
  session: `/sessions/${scenario.sessionId}`,
  print: `/stops/${scenario.stopId}/print`,
  help: '/help',
  privacy: '/privacy',
  accessibility: '/accessibility',
});
const names = 'home tour stop timetable changes session print help privacy accessibility'.split(' ');

describeInBrowser('public pages in a browser', () => {
  beforeAll(async () => {
    scenario = await preparePublicTour();
  }, 120_000);

  it.each(sizes.flatMap((size) => ['', '/en'].map((language) => [size, language] as const)))(
    'have nothing that axe, the console or a narrow screen objects to: %s %s',
    async (size, language) => {
      await inNewBrowser({ viewport: widths[size] }, async ({ page, complaints }) => {
        for (const name of names) {
          await page.goto(scenario.url + (`${language}${paths()[name]}`.replace(/(?<=.)\/$/, '') || '/'));
          expect([name, await axeViolations(page)]).toEqual([name, []]);
          expect([name, Math.max(0, await overflow(page))]).toEqual([name, 0]);
        }
        expect(complaints).toEqual([]);
      });
    },
    120_000,
  );

  it('are whole without JavaScript, filters and all', async () => {
    await inNewBrowser({ javaScriptEnabled: false }, async ({ page }) => {
      await page.goto(`${scenario.url}/tours/${scenario.tourId}`);
      await page.getByRole('link', { name: '成都市 · 成都站' }).click();
      await page.getByRole('link', { name: '查看日程' }).click();
      await page.getByLabel('主题').selectOption('模型');
      await page.getByRole('button', { name: '筛选' }).click();
      expect(await page.locator('.session').allInnerTexts()).toEqual([
        expect.stringContaining('第 2 场分享'),
      ]);
    });
  });

  it('reflow at 320 pixels', async () => {
    await inNewBrowser({ viewport: { width: 320, height: 640 } }, async ({ page }) => {
      for (const name of names) {
        await page.goto(scenario.url + paths()[name]);
        expect([name, Math.max(0, await overflow(page))]).toEqual([name, 0]);
      }
    });
  }, 60_000);

  it('filter a timetable at once where there is JavaScript, and remember it in the address', async () => {
    await inNewBrowser({}, async ({ page }) => {
      await page.goto(`${scenario.url}/en/stops/${scenario.stopId}/timetable`);
      await page.getByLabel('Search titles and speakers').fill('talk 2');
      expect(await page.locator('.session:visible').count()).toBe(1);
      await expectText(page.locator('[data-found]'), '1 sessions');
      expect(new URL(page.url()).searchParams.get('q')).toBe('talk 2');
    });
  });

  it('show the clock of the stop first, and the reader’s with one press', async () => {
    await inNewBrowser({ timezoneId: 'Europe/Berlin' }, async ({ page }) => {
      await page.goto(`${scenario.url}/en/stops/${scenario.stopId}/timetable`);
      const time = page.locator('.session time').first();
      const there = await time.innerText();
      await page.getByRole('button', { name: /Show in my time zone \(Europe\/Berlin/ }).click();
      expect(await time.innerText()).not.toBe(there);
      await page.getByRole('button', { name: 'Show in the stop’s time zone' }).click();
      expect(await time.innerText()).toBe(there);
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
      expect(new URL(page.url()).pathname).toBe(`/en/stops/${scenario.stopId}`);
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
  expect(await locator.innerText()).toBe(text);
}
