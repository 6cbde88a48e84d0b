import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { fakeCameraArguments } from './fake-camera.js';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];

/** Chromium of this machine (Debian: `apt-get install chromium`), or what CHROMIUM names. */
export const chromiumPath =
  process.env['CHROMIUM'] ??
  folders.flatMap((folder) => names.map((name) => join(folder, name))).find((file) => existsSync(file));

export const widths = { phone: { width: 360, height: 740 }, desk: { width: 1_280, height: 900 } } as const;
export type Width = keyof typeof widths;
export const sizes = Object.keys(widths) as readonly Width[];

/** A page, and what its console said: warnings and errors, a breach of the policy among them. */
export interface OpenPage {
  readonly page: Page;
  readonly complaints: string[];
}

let browser: Browser | undefined;

/** Tests that need a browser; where the machine has none they are skipped, and the title says so. */
export function describeInBrowser(title: string, body: () => void): void {
  if (chromiumPath === undefined) {
    describe.skip(`${title} (skipped: no chromium; apt-get install chromium)`, body);
    return;
  }
  describe(title, () => {
    beforeAll(async () => {
      browser = await chromium.launch({
        executablePath: chromiumPath,
        // Chromium has no sandbox for root, as whom containers run tests.
        args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...fakeCameraArguments],
      });
    });
    afterAll(async () => {
      await browser?.close();
    });
    body();
  });
}

/** A browser of somebody new, without cookies and storage; ends with the test that opened it. */
export async function inNewBrowser<T>(
  options: BrowserContextOptions,
  use: (open: OpenPage) => Promise<T>,
): Promise<T> {
  if (browser === undefined) throw new Error('The browser has not been started.');
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  try {
    return await use({ page, complaints });
  } finally {
    await context.close();
  }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const axeRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with the page as it stands, a line each. It is injected past the page's policy. */
export async function axeViolations(page: Page): Promise<string[]> {
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: axeSource });
  const { result } = await session.send('Runtime.evaluate', {
    awaitPromise: true,
    returnByValue: true,
    expression: `axe.run({ runOnly: ${JSON.stringify(axeRules)} }).then(({ violations }) =>
      violations.map(({ id, nodes }) => id + ': ' + nodes.map((one) => one.html).join(' ')))`,
  });
  await session.detach();
  return result.value as string[];
}

/** How far the page reaches beyond its window, in pixels. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
}
