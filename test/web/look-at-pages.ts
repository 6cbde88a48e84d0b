import { expect } from '@jest/globals';
import { axeViolations, inNewBrowser, overflow, widths, type Width } from './browser.js';
import type { Scenario } from './scenario.js';

export const pageNames = [
  'home',
  'tour',
  'stop',
  'timetable',
  'changes',
  'session',
  'print',
  'help',
  'privacy',
  'accessibility',
  'verify',
  'results',
] as const;

export const publicPaths = ({
  tourId,
  stopId,
  sessionId,
}: Scenario): Readonly<Record<(typeof pageNames)[number], string>> => ({
  home: '/',
  tour: `/tours/${tourId}`,
  stop: `/stops/${stopId}`,
  timetable: `/stops/${stopId}/timetable`,
  changes: `/stops/${stopId}/changes`,
  session: `/sessions/${sessionId}`,
  print: `/stops/${stopId}/print`,
  help: '/help',
  privacy: '/privacy',
  accessibility: '/accessibility',
  verify: '/verify/ABCDE-FGHJK',
  results: `/stops/${stopId}/results`,
});

/** Every public page, as axe, the console and the width of the window see it. */
export async function lookAtPages(scenario: Scenario, size: Width, language: '' | '/en'): Promise<void> {
  await inNewBrowser({ viewport: widths[size] }, async ({ page, complaints }) => {
    for (const name of pageNames) {
      const path = `${language}${publicPaths(scenario)[name]}`;
      await page.goto(scenario.url + (path.replace(/(?<=.)\/$/, '') || '/'));
      expect([name, await axeViolations(page)]).toEqual([name, []]);
      expect([name, Math.max(0, await overflow(page))]).toEqual([name, 0]);
    }
    expect(complaints).toEqual([]);
  });
}
