import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeViolations, describeInBrowser, inNewBrowser, overflow, sizes, widths } from './browser.js';
import { everyScreen, prepareFullTour, type FullTour, type ScreenOf, type Visitor } from './every-screen.js';
import { walkByTab } from './keyboard-walk.js';
import { openScreen } from './look.js';
import { SignInPage } from './page-models/sign-in.page.js';

let tour: FullTour;

/** A window of 1,280 by 1,024 pixels, enlarged four times (WCAG 1.4.10); its width is that of the smallest phones, too. */
const enlarged = { width: 320, height: 256 };

/** Each screen of the application, seen by one who may see it. */
async function onEachScreen(
  options: Parameters<typeof inNewBrowser>[0],
  language: '' | '/en',
  look: (page: Page, screen: ScreenOf) => Promise<readonly string[]>,
): Promise<void> {
  const screens = everyScreen(tour);
  const wrong: string[] = [];
  const keys: Readonly<Record<Visitor, string | null>> = {
    nobody: null,
    organizer: tour.organizerKey,
    company: tour.companyKey,
  };
  for (const [visitor, key] of Object.entries(keys))
    await inNewBrowser(options, async ({ page, complaints }) => {
      if (key !== null) await new SignInPage(page, tour.url).withKey(key);
      for (const screen of screens.filter((one) => one.visitor === visitor)) {
        await openScreen(page, `${tour.url}${language}${screen.address}`);
        await page
          .getByText(/^(正在加载|Loading) …$/)
          .first()
          .waitFor({ state: 'detached' });
        for (const one of await look(page, screen)) wrong.push(`${screen.route}: ${one}`);
        // Chromium itself tells the console of a 401, by which the sign-in learns that nobody is signed in.
        for (const one of complaints.splice(0))
          if (!one.includes('401')) wrong.push(`${screen.route}: ${one}`);
      }
    });
  // All at once, since a round through all screens takes a while.
  expect(wrong).toEqual([]);
}

/** The window's title names the screen; nothing is wider than the window, or moves though motion is not wanted. */
async function faultsOf(page: Page): Promise<string[]> {
  const title = await page.title();
  const moving = Number(await page.evaluate('document.getAnimations().length'));
  const wider = await overflow(page);
  return [
    ...(await axeViolations(page)),
    ...(/. · Waystop/.test(title) ? [] : [`is called “${title}”`]),
    ...(wider > 0 ? [`is wider by ${wider} pixels`] : []),
    ...(moving > 0 ? [`has ${moving} animations`] : []),
  ];
}

/** What is folded belongs to the screen. */
async function unfold(page: Page): Promise<void> {
  for (const summary of await page.locator('main > details > summary, main form + details > summary').all())
    await summary.click();
}

describeInBrowser('every screen of the application', () => {
  beforeAll(async () => {
    tour = await prepareFullTour();
  }, 120_000);

  it.each(sizes.flatMap((size) => (['', '/en'] as const).map((language) => [size, language] as const)))(
    'has nothing that axe, the console or the width of the window objects to: %s %s',
    async (size, language) => {
      await onEachScreen({ viewport: widths[size] }, language, async (page) => {
        await unfold(page);
        return faultsOf(page);
      });
    },
    600_000,
  );

  it.each(['', '/en'] as const)(
    'reflows at 320 pixels and when enlarged four times: %s',
    async (language) => {
      await onEachScreen({ viewport: enlarged }, language, async (page) => {
        await unfold(page);
        const wider = await overflow(page);
        return wider > 0 ? [`is wider by ${wider} pixels`] : [];
      });
    },
    600_000,
  );

  it.each([
    ['desk', '', 'none'],
    ['phone', '/en', 'active'],
  ] as const)(
    'is walked through by the Tab key, each step seen, in the order of the screen: %s %s, forced colours %s',
    async (size, language, forcedColors) => {
      await onEachScreen({ viewport: widths[size], forcedColors }, language, (page) => walkByTab(page));
    },
    600_000,
  );
});
