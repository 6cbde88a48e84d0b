import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { projectRoot } from '../../tools/dev/system/project-root.js';
import { preparePublicTour, type Scenario } from './scenario.js';

/** kB are 1,024 bytes, of what gzip makes of a file. */
interface Budget {
  readonly js: number;
  readonly css: number;
  readonly html: number;
}

const publicPage: Budget = { js: 12, css: 12, html: 20 };
const timetable: Budget = { js: 15, css: 14, html: 30 };
const doorPage: Budget = { js: 95, css: 8, html: 4 };
const form: Budget = { js: 210, css: 20, html: 4 };

/** What the application may load for a screen, where it is not what a screen of the console may. */
const consoleScreen = 215;
const otherBudgets: Readonly<Record<string, number>> = {
  // What a company sees first.
  'features/company/desk.screen.tsx': 185,
  'features/account/sign-in.screen.tsx': 210,
  'features/account/sign-up.screen.tsx': 210,
  'features/delegations/register.screen.tsx': 210,
  'features/company/profile.screen.tsx': 210,
  'features/proposals/proposals.screen.tsx': 210,
  'features/proposals/new-proposal.screen.tsx': 210,
  'features/proposals/edit-proposal.screen.tsx': 210,
  'features/agenda/agenda.screen.tsx': 210,
  'features/planner/planner.screen.tsx': 240,
};
const application = join(projectRoot, 'apps', 'web', 'client', 'app');
/** Every screen that there is. */
const screens = globSync('features/**/*.screen.tsx', { cwd: application })
  .sort()
  .map((screen): [string, number] => [screen, otherBudgets[screen] ?? consoleScreen]);
const maxWordKilobytes = 12;
const maxDecoderKilobytes = 15;
const maxScreenKilobytes = 30;

const folder = join(projectRoot, 'dist', 'web');
const kilobytes = (bytes: Buffer | string): number => gzipSync(bytes, { level: 9 }).length / 1_024;
const sizeOf = (file: string): number => kilobytes(readFileSync(join(folder, file)));

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}
const manifestFile = join(folder, 'manifest.json');
const manifest: Readonly<Record<string, Chunk>> = existsSync(manifestFile)
  ? JSON.parse(readFileSync(manifestFile, 'utf8'))
  : {};

/** Everything that these modules load at once, each file counted once. */
function loadedBy(sources: readonly string[], seen: Set<string> = new Set()): number {
  let sum = 0;
  for (const source of sources) {
    const chunk = manifest[source];
    if (chunk === undefined) throw new Error(`The build has no ${source}.`);
    if (seen.has(source)) continue;
    seen.add(source);
    sum += sizeOf(chunk.file) + loadedBy(chunk.imports ?? [], seen);
  }
  return sum;
}

describe('budgets', () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await preparePublicTour();
  });

  it.each<[string, () => string, Budget]>([
    ['home', () => '/', publicPage],
    ['tour', () => `/en/tours/${scenario.tourId}`, publicPage],
    ['stop', () => `/stops/${scenario.stopId}`, publicPage],
    ['session', () => `/sessions/${scenario.sessionId}`, publicPage],
    ['timetable', () => `/stops/${scenario.stopId}/timetable`, timetable],
    ['sign-up', () => '/sign-up', form],
    ['door', () => '/door', doorPage],
  ])('hold for %s', async (_, path, budget) => {
    const html = await (await fetch(scenario.url + path())).text();
    const files = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map(([, file]) => file ?? '');
    const sum = (extension: string) =>
      files.filter((file) => file.endsWith(extension)).reduce((all, file) => all + sizeOf(file), 0);
    expect(kilobytes(html)).toBeLessThanOrEqual(budget.html);
    expect(sum('.css')).toBeLessThanOrEqual(budget.css);
    expect(sum('.js')).toBeLessThanOrEqual(budget.js);
    expect(sum('.css')).toBeGreaterThan(0);
  });

  it.each(screens)('hold for the scripts of %s', (screen, maxKilobytes) => {
    const words = 'app/words/zh.ts';
    const all = loadedBy(['app/main.tsx', `app/${screen}`, words]);
    expect(all).toBeLessThanOrEqual(maxKilobytes);
    expect(sizeOf(manifest[`app/${screen}`]?.file ?? '')).toBeLessThanOrEqual(maxScreenKilobytes);
  });

  it('hold for the door with its words, and for the reader of codes', () => {
    for (const language of ['zh', 'en'])
      expect(loadedBy(['door/main.tsx', `door/words/${language}.ts`])).toBeLessThanOrEqual(doorPage.js);
    expect(loadedBy(['door/scanner/decode.worker.ts'])).toBeLessThanOrEqual(maxDecoderKilobytes);
  });

  it('hold for words, a file a language', () => {
    for (const language of ['zh', 'en'])
      expect(sizeOf(manifest[`app/words/${language}.ts`]?.file ?? '')).toBeLessThanOrEqual(maxWordKilobytes);
  });

  it('bring the words of React Aria in our two languages only', () => {
    const scripts = Object.values(manifest)
      .map(({ file }) => file)
      .filter((file) => file.endsWith('.js'))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    // “Clear” of React Aria's search field, and “Selected”, in languages that pages don't have.
    for (const foreign of ['Auswahl aufheben', 'Sélectionné', 'Очистить'])
      expect(scripts).not.toContain(foreign);
  });
});
