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
import { contactAddress, signUpCompanies } from './sign-up-companies.js';

export interface DemoTarget {
  readonly url: string;
  readonly organizerKey: string;
  /** Makes a link that signs a browser in as the organizer, once; null where that can't be done from here. */
  readonly signInLink?: () => Promise<string | null>;
}

/** Replays the Chengdu stop. Run again it finds what is there, adds what is missing, and is refused the same things. */
export async function runDemo(
  { url, organizerKey, signInLink = () => Promise.resolve(null) }: DemoTarget,
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
  for (const [about, address] of pagesOf(url, stop, await signInLink()))
    report.line(`${about.padEnd(24)} ${address}`);
  const [key = ''] = companies.keys();
  const mail = mails.pageUrl === null ? 'in its mail' : `on ${mails.pageUrl}`;
  report.line(`${'  sign in there as'.padEnd(24)} ${contactAddress(key)}; the code stands ${mail}`);
  return report;
}

/** Where the demo can be seen: as everybody, as a company, as the organizer. */
function pagesOf(
  url: string,
  { id, tourId }: Stop,
  signInLink: string | null,
): readonly [about: string, address: string][] {
  const consolePath = `/console/stops/${id}/registrations`;
  const next = `/sign-in?next=${encodeURIComponent(consolePath)}#`;
  return [
    ['the tour', `${url}/tours/${tourId}`],
    ['in English', `${url}/en/tours/${tourId}`],
    ['its timetable', `${url}/stops/${id}/timetable`],
    signInLink === null
      ? ['the organizer’s console', `${url}${consolePath} (npm run sign-in-link -- organizer)`]
      : ['the console, signed in', signInLink.replace('/sign-in#', next)],
    ['a company’s desk', `${url}/sign-in?next=%2Fcompany`],
  ];
}
