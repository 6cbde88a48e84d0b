import { expect } from '@jest/globals';
import { publicPages } from '../../apps/web/src/pages/table.js';
import { axeViolations, inNewBrowser, overflow, widths, type Width } from './browser.js';
import type { Scenario } from './scenario.js';

/** The path of every public page, from the table of the web process: a new page is looked at as soon as it is there. */
export const pagePaths: readonly string[] = publicPages.map(({ path }) => path);

/** Where a page of that path is, such as `/stops/:id/timetable`, in this language. */
export function addressOf(
  { url, tourId, stopId, sessionId }: Scenario,
  path: string,
  language: '' | '/en' = '',
) {
  const ids: Readonly<Record<string, string>> = { tours: tourId, stops: stopId, sessions: sessionId };
  const filled = path
    .replace(/(tours|stops|sessions)\/:id/, (_, kind: string) => `${kind}/${ids[kind] ?? ''}`)
    .replace(':code', 'ABCDE-FGHJK');
  return url + (`${language}${filled}`.replace(/(?<=.)\/$/, '') || '/');
}

/** Every public page, as axe, the console and the width of the window see it. */
export async function lookAtPages(scenario: Scenario, size: Width, language: '' | '/en'): Promise<void> {
  await inNewBrowser({ viewport: widths[size] }, async ({ page, complaints }) => {
    for (const path of pagePaths) {
      await page.goto(addressOf(scenario, path, language));
      expect([path, await axeViolations(page)]).toEqual([path, []]);
      expect([path, Math.max(0, await overflow(page))]).toEqual([path, 0]);
    }
    expect(complaints).toEqual([]);
  });
}
