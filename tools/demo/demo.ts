import type { Stop } from '#contracts';
import { announceOutcomes } from './announce-outcomes.js';
import { dayOf } from './dates.js';
import { readExample } from './example.js';
import { finalTables } from './final-tables.js';
import { ConsoleReport } from './console-report.js';
import { matchCompanies } from './match-companies.js';
import { planProgramme } from './plan-programme.js';
import { prepareStop } from './prepare-stop.js';
import { PublicApi } from './public-api.js';
import { registerDelegations } from './register-delegations.js';
import { showMails, type MailOptions } from './show-mails.js';
import { signUpCompanies } from './sign-up-companies.js';

export interface DemoTarget {
  readonly url: string;
  readonly organizerKey: string;
}

/** Replays the Chengdu stop. Run again it finds what is there, adds what is missing, and is refused the same things. */
export async function runDemo(
  { url, organizerKey }: DemoTarget,
  print: (line: string) => void,
  mails: MailOptions,
): Promise<ConsoleReport> {
  const example = readExample();
  const report = new ConsoleReport(print);
  const api = new PublicApi(url, organizerKey, (line) => report.line(line));
  print(`The Chengdu stop of 人工智能高质量数据集炼金工坊生态行, replayed over the public API of ${url}`);
  print(example.about.zh);
  print(example.about.en);

  const stop = await prepareStop(api, example, report);
  const { timeZone } = stop;
  report.line(
    `(The stop took place on ${dayOf(example.stop.startsAt, timeZone)}. Nobody can register for the past,`,
  );
  report.line(
    `so the demo moved all its dates by whole weeks: the stop is on ${dayOf(stop.startsAt, timeZone)}.)`,
  );

  const companies = await signUpCompanies(api, example, report);
  await registerDelegations(api, stop, example, companies, report);
  await planProgramme(api, stop, example, companies, report);
  await matchCompanies(api, stop, companies, report);
  await announceOutcomes(api, stop, companies, report);
  await showMails(api, stop, report, mails);
  await finalTables(api, stop, companies, report);
  report.heading('See it in a browser', '在浏览器中查看');
  for (const [about, path] of pagesOf(stop)) report.line(`${about.padEnd(24)} ${url}${path}`);
  return report;
}

/** Where the demo can be seen: as everybody, as a company, as the organizer. */
function pagesOf({ id, tourId }: Stop): readonly [about: string, path: string][] {
  return [
    ['the tour', `/tours/${tourId}`],
    ['its timetable', `/stops/${id}/timetable`],
    ['a company’s desk', '/company'],
    ['the organizer’s console', `/console/stops/${id}/registrations`],
    ['in English', `/en/tours/${tourId}`],
  ];
}
