import { cancelRegistration, listRegistrations, publishStop, type Stop } from '#contracts';
import { DelegationDesk, sendDelegation, type Registration } from './delegation-desk.js';
import type { Example } from './example.js';
import { expectRefusal } from './expect-refusal.js';
import { both, plural, type ConsoleReport } from './console-report.js';
import type { PublicApi } from './public-api.js';
import { companyOf, type Companies, type Company } from './sign-up-companies.js';

export async function registerDelegations(
  api: PublicApi,
  stop: Stop,
  example: Example,
  companies: Companies,
  report: ConsoleReport,
): Promise<void> {
  report.heading('Companies register their delegations', '企业报名');
  const found = new Set((await registrationsOf(api, stop)).map(({ companyId }) => companyId));
  if (found.size > 0) report.line(`${plural(found.size, 'delegation is', 'delegations are')} there already`);
  const desk = new DelegationDesk(api, stop, report);
  // One after the other: the order of the waiting list is part of the story.
  for (const company of companies.values()) if (!found.has(company.id)) await desk.register(company);
  desk.tellOfTheRest();
  await provoke(api, stop, example, companies, report);
  for (const key of example.cancelled) await cancel(api, stop, companyOf(companies, key), report);
  await showViews(api, stop, companyOf(companies, example.verified[0] ?? ''), report);
}

export function registrationsOf(api: PublicApi, stop: Pick<Stop, 'id'>): Promise<Registration[]> {
  return api.all(listRegistrations, `/v1/stops/${stop.id}/registrations`, api.organizerKey);
}

async function provoke(
  api: PublicApi,
  stop: Stop,
  example: Example,
  companies: Companies,
  report: ConsoleReport,
): Promise<void> {
  const company = companyOf(companies, example.verified[0] ?? '');
  const nobody = await sendDelegation(api, stop, { ...company, apiKey: null });
  expectRefusal(nobody, '（无密钥） / (no key)', 'registers a delegation', 'auth.required', report);
  if (company.apiKey === null) return;
  const who = both(company.example.name);
  expectRefusal(
    await sendDelegation(api, stop, company),
    who,
    'registers a second time',
    'registration.duplicate',
    report,
  );
  const publishing = await api.call(publishStop, 'POST', `/v1/stops/${stop.id}/publish`, {
    key: company.apiKey,
  });
  expectRefusal(publishing, who, 'publishes a stop', 'auth.forbidden', report);
}

async function cancel(api: PublicApi, stop: Stop, company: Company, report: ConsoleReport): Promise<void> {
  const before = await registrationsOf(api, stop);
  const own = before.find(({ companyId }) => companyId === company.id);
  if (own === undefined) return;
  const who = both(company.example.name);
  if (own.status === 'cancelled') {
    report.line(`${who} has cancelled already`);
    return;
  }
  const { seats } = own;
  await api.must(cancelRegistration, 'POST', `/v1/registrations/${own.id}/cancel`, {
    key: company.apiKey ?? api.organizerKey,
  });
  report.line(`POST /v1/registrations/{id}/cancel → 200  ${who} gives up ${plural(seats, 'seat')}`);
  const waited = new Set(before.filter(({ status }) => status === 'waitlisted').map(({ id }) => id));
  for (const { id, status, company: promoted, seats: got } of await registrationsOf(api, stop))
    if (waited.has(id) && status === 'confirmed')
      report.line(`  … so ${both(promoted.name)} moves up: ${plural(got, 'seat')} confirmed`);
}

/** One list, two views: a company reads of itself only, the organizer of all and whom to call. */
async function showViews(
  api: PublicApi,
  stop: Stop,
  { apiKey }: Company,
  report: ConsoleReport,
): Promise<void> {
  const path = `/v1/stops/${stop.id}/registrations`;
  if (apiKey !== null) {
    const own = await api.all(listRegistrations, path, apiKey);
    const badges = own.flatMap(({ delegates }) => delegates.filter(({ badge }) => badge !== null));
    report.line(
      `The company sees: GET /v1/stops/{id}/registrations → ${plural(own.length, 'registration')}, its own, with ${plural(badges.length, 'badge')}`,
    );
  }
  const all = await registrationsOf(api, stop);
  const contacts = all.filter(({ company }) => (company.contact ?? null) !== null).length;
  report.line(
    `The organizer sees: GET /v1/stops/{id}/registrations → ${plural(all.length, 'registration')}, ${contacts} with a contact`,
  );
}
