import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { runDemo } from '../demo/demo.js';
import { projectRoot } from '../dev/system/project-root.js';
import { startSystem } from '../dev/system/start-system.js';
import { findChromium } from './find-chromium.js';
import { prepareScenes, type Scenes } from './scenes.js';

/** A picture of the README: whose screen, and how to come there. */
interface Picture {
  readonly name: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly open: (page: Page, scenes: Scenes) => Promise<void>;
}

const desk = { width: 1_120, height: 760 };
const phone = { width: 380, height: 760 };
const quality = 72;

const pictures: readonly Picture[] = [
  { name: 'tour', size: desk, open: (page, { url, tourId }) => visit(page, `${url}/tours/${tourId}`) },
  {
    name: 'timetable',
    size: desk,
    open: (page, { url, stopId }) => visit(page, `${url}/stops/${stopId}/timetable`),
  },
  {
    name: 'console',
    size: desk,
    open: (page, scenes) =>
      signedIn(page, scenes, scenes.organizerKey, `/console/stops/${scenes.stopId}/registrations`),
  },
  {
    name: 'stop',
    size: phone,
    open: (page, { url, stopId }) => visit(page, `${url}/en/stops/${stopId}`),
  },
  {
    name: 'registration',
    size: phone,
    open: (page, scenes) =>
      signedIn(page, scenes, scenes.companyKey, `/company/registrations/${scenes.registrationId}`),
  },
  { name: 'door', size: phone, open: atDoor },
];

/** `npm run pictures`: the demo in a system of its own, and six pictures of it in docs/pictures. */
export async function main(): Promise<number> {
  const folder = join(projectRoot, 'docs', 'pictures');
  await mkdir(folder, { recursive: true });
  const system = await startSystem();
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  try {
    await runDemo(system, () => undefined, { pageUrl: null, patienceMs: 0 });
    const scenes = await prepareScenes(system);
    for (const picture of pictures)
      await take(browser, picture, scenes, join(folder, `${picture.name}.webp`));
  } finally {
    await browser.close();
    await system.stop();
  }
  return 0;
}

async function take(browser: Browser, { name, size, open }: Picture, scenes: Scenes, file: string) {
  const context = await browser.newContext({
    viewport: size,
    reducedMotion: 'reduce',
    timezoneId: 'Asia/Shanghai',
  });
  const page = await context.newPage();
  await open(page, scenes);
  await page.evaluate('document.fonts.ready.then(() => undefined)');
  const session = await context.newCDPSession(page);
  // Of Chromium's formats the smallest; Playwright itself offers PNG and JPEG.
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality });
  await writeFile(file, Buffer.from(data, 'base64'));
  console.log(`${name}: ${Math.round((await stat(file)).size / 1_024)} kB`);
  await context.close();
}

async function visit(page: Page, url: string): Promise<void> {
  await page.goto(url, { waitUntil: 'networkidle' });
}

/** The page itself signs in, so that its cookie is there. */
async function signedIn(page: Page, { url }: Scenes, apiKey: string, path: string): Promise<void> {
  await page.goto(`${url}/help`);
  const status = await page.evaluate(
    `fetch('/v1/sign-in', { method: 'POST', headers: { 'content-type': 'application/json' }, body: ${JSON.stringify(JSON.stringify({ apiKey }))} }).then(({ status }) => status)`,
  );
  if (status !== 200) throw new Error(`The sign-in was answered with ${String(status)}.`);
  await visit(page, url + path);
}

async function atDoor(page: Page, { pass, badges }: Scenes): Promise<void> {
  await page.goto(pass);
  await page.getByRole('button', { name: '加入' }).click();
  for (const badge of badges) {
    await page.getByRole('combobox').fill(badge);
    await page.getByRole('combobox').press('Enter');
    await page.locator('[data-confirmation="confirmed"]').waitFor();
  }
}
