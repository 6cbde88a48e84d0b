import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { axeViolations, overflow } from './browser.js';

/** Where screens are kept as pictures, for people to look at; nowhere unless SCREENSHOTS names a folder. */
const folder = process.env['SCREENSHOTS'];

/** The window's title names the screen before the brand; the document's own title is only the brand. */
const titled = /. · Waystop/;

/** A screen as axe, the window's title and its width see it; and as a picture, where these are kept. */
export async function lookAt(page: Page, name: string): Promise<void> {
  if (folder !== undefined) {
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `${name.replace(/\W+/g, '-')}.png`), fullPage: true });
  }
  expect([name, await page.title()]).toEqual([name, expect.stringMatching(titled)]);
  expect([name, await axeViolations(page)]).toEqual([name, []]);
  expect([name, Math.max(0, await overflow(page))]).toEqual([name, 0]);
}

/** Goes to a screen of the application and waits until it has what it asks for. */
export async function openScreen(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
}
