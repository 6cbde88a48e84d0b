import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../../dev/system/project-root.js';
import { load } from '../load/load.js';
import type { MeasuredSystem } from '../measured-system.js';
import { median, perSecond, times } from '../report.js';
import { connections, type Run } from './run.js';

const leastRatio = 0.5;

/** Public pages in turns with a file of the same bytes, both from the web process alone. */
export async function measurePages(run: Run, measured: MeasuredSystem): Promise<void> {
  const { pagesUrl } = measured.system;
  if (pagesUrl === null) throw new Error('This system has no pages.');
  const { id } = await measured.stops.stopWithTimetable();
  await measured.quiet();
  for (const path of [`/stops/${id}`, `/stops/${id}/timetable`]) {
    const html = await (await fetch(pagesUrl + path)).text();
    const { page, file } = await inTurns(run, pagesUrl, path, html);
    const what = path.endsWith('timetable') ? 'a timetable' : 'a stop';
    run.report.add({ what: `a file of ${Buffer.byteLength(html)} bytes`, figure: perSecond(file) });
    run.report.add({
      what: `the page of ${what}`,
      figure: perSecond(page),
      ratio: times(page, file),
      must: { text: `≥ ${leastRatio} ×`, met: page >= leastRatio * file },
    });
  }
}

async function inTurns({ options }: Run, pagesUrl: string, path: string, html: string) {
  const name = `bench-${process.pid}-${Buffer.byteLength(html)}.svg`;
  const file = join(projectRoot, 'dist', 'web', name);
  await writeFile(file, html);
  try {
    const rates = async (target: string, seconds: number) => {
      const requests = [{ method: 'GET' as const, path: target }];
      const port = Number(new URL(pagesUrl).port);
      return (await load({ port, connections, requests, seconds })).perSecond;
    };
    const runs = { page: [] as number[], file: [] as number[] };
    for (const target of [path, `/${name}`]) await rates(target, 1);
    for (let round = 0; round < options.rounds; round += 1) {
      runs.page.push(await rates(path, options.seconds));
      runs.file.push(await rates(`/${name}`, options.seconds));
    }
    return { page: median(runs.page), file: median(runs.file) };
  } finally {
    await rm(file, { force: true });
  }
}
