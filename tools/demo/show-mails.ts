import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { listCompanies, listMails, retryMail, type OutputOf, type Stop } from '#contracts';
import { both, plural, type ConsoleReport } from './console-report.js';
import type { Registration } from './delegation-desk.js';
import type { PublicApi } from './public-api.js';
import { registrationsOf } from './register-delegations.js';

export type Mail = OutputOf<typeof listMails>['items'][number];

export interface MailOptions {
  /** Where the mails can be read; null where nobody knows. */
  readonly pageUrl: string | null;
  /** Mails wait a minute for what may follow. */
  readonly patienceMs: number;
}

const lookEveryMs = 2_000;

/** The mails about the stop, a line each. */
export async function showMails(
  api: PublicApi,
  stop: Pick<Stop, 'id'>,
  report: ConsoleReport,
  { pageUrl, patienceMs }: MailOptions,
): Promise<void> {
  report.heading('Mails', '邮件');
  if (!(await sendsMails(api)))
    return report.line('No mail is sent here: MAIL_MODE is off, or SMTP_URL is not set.');
  const registrations = await registrationsOf(api, stop);
  const mails = await settledMails(api, stop, registrations, report, patienceMs);
  const names = await namesOf(api, registrations);
  for (const mail of mails) report.line(mailLine(mail, names));
  const sent = mails.filter(({ state }) => state === 'sent').length;
  const waiting = mails.filter(({ state }) => state === 'planned' || state === 'deferred').length;
  report.line(
    `${plural(sent, 'mail')} sent, ${waiting} to follow (in the stop’s night mails wait for the morning)`,
  );
  if (pageUrl !== null) report.line(`read them on ${pageUrl}`);
}

/** Which mail, to whom, and what became of it: ids and names, as the organizer's console has them; no addresses. */
export function mailLine(
  { kind, recipient, state, reason }: Mail,
  names: ReadonlyMap<string, string>,
): string {
  const id = recipient.delegateId ?? recipient.speakerId ?? recipient.companyId;
  const who =
    id === undefined
      ? 'the organizer'
      : (names.get(id) ?? (recipient.speakerId === undefined ? id : 'a speaker'));
  return `✉ ${kind.padEnd(23)} ${state.padEnd(8)} ${who}${reason === null ? '' : ` (${reason})`}`;
}

/** Without mail each mail that is asked for is refused for that, also one that does not exist. */
async function sendsMails(api: PublicApi): Promise<boolean> {
  const { refused } = await api.call(retryMail, 'POST', `/v1/mails/${randomUUID()}/retry`, {
    key: api.organizerKey,
  });
  return refused?.code !== 'mail.not_configured';
}

/** Waits until every delegation's mail is on the list and none of them is under way, but not for ever. */
async function settledMails(
  api: PublicApi,
  stop: Pick<Stop, 'id'>,
  registrations: readonly Registration[],
  report: ConsoleReport,
  patienceMs: number,
): Promise<Mail[]> {
  const until = Date.now() + patienceMs;
  // What was cancelled before its first mail makes no mail.
  const expected = registrations.filter(({ status }) => status !== 'cancelled').length;
  for (let hasSaidSo = false; ; hasSaidSo = true) {
    const mails = await api.all(listMails, `/v1/stops/${stop.id}/mails`, api.organizerKey);
    const companies = new Set(mails.flatMap(({ recipient }) => recipient.companyId ?? []));
    const areAll = companies.size >= expected && mails.every(isSettled);
    if (areAll || Date.now() >= until) return mails;
    if (!hasSaidSo) report.line('(Mails wait a minute for what may follow, so that nobody gets two.)');
    await sleep(lookEveryMs);
  }
}

async function namesOf(api: PublicApi, registrations: readonly Registration[]): Promise<Map<string, string>> {
  const companies = await api.all(listCompanies, '/v1/companies', api.organizerKey);
  return new Map([
    ...companies.map(({ id, name }) => [id, both(name)] as const),
    ...registrations.flatMap(({ delegates }) => delegates.map(({ id, name }) => [id, name] as const)),
  ]);
}

/** Whether there is nothing to wait for: it has been tried, or it waits for the morning. */
function isSettled({ state, at }: Mail): boolean {
  return state !== 'planned' || Date.parse(at) > Date.now() + 60_000;
}
