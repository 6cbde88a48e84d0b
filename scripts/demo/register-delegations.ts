import { cancelRegistration, listRegistrations, publishStop, registerDelegation } from '#contracts';
import type { OutputOf, Stop } from '#contracts';
import type { Example } from './example.js';
import { both, plural, type Paper } from './paper.js';
import { DemoFailure, type Answer, type PublicApi } from './public-api.js';
import { companyOf, type Companies, type Company } from './sign-up-companies.js';

export type Registration = OutputOf<typeof registerDelegation>;

export async function registerDelegations(
  api: PublicApi,
  stop: Stop,
  example: Example,
  companies: Companies,
  paper: Paper,
): Promise<void> {
  paper.chapter('Companies register their delegations', '企业报名');
  const found = new Set((await registrationsOf(api, stop)).map(({ companyId }) => companyId));
  if (found.size > 0) paper.line(`${plural(found.size, 'delegation is', 'delegations are')} there already`);
  const desk = new Desk(api, stop, paper);
  // One after the other: the order of the waiting list is part of the story.
  for (const company of companies.values()) if (!found.has(company.id)) await desk.register(company);
  desk.tellOfTheRest();
  await provoke(api, stop, example, companies, paper);
  for (const key of example.cancelled) await cancel(api, stop, companyOf(companies, key), paper);
}

export function registrationsOf(api: PublicApi, stop: Stop): Promise<Registration[]> {
  return api.all(listRegistrations, `/v1/stops/${stop.id}/registrations`, api.organizerKey);
}

/** Registers one company after another and tells of the first few, of all who wait, and of all who are refused. */
class Desk {
  private confirmed = 0;
  private keyless = 0;

  constructor(
    private readonly api: PublicApi,
    private readonly stop: Stop,
    private readonly paper: Paper,
  ) {}

  async register(company: Company): Promise<void> {
    if (company.apiKey === null) {
      this.keyless += 1;
      return;
    }
    const answer = await send(this.api, this.stop, company, `registration ${company.example.key}`);
    const tried = `registers ${plural(company.example.delegates, 'delegate')}`;
    if (answer.refused === null) this.tell(company, answer.data);
    else this.paper.refused({ who: both(company.example.name), tried, refused: answer.refused });
  }

  tellOfTheRest(): void {
    if (this.confirmed > 3) this.paper.line(`${this.confirmed} delegations were confirmed`);
    if (this.keyless > 0)
      this.paper.line(`${plural(this.keyless, 'company', 'companies')} without a key here did not try`);
  }

  private tell({ example }: Company, { status, seats, waitlistPosition }: Registration): void {
    if (status === 'confirmed') this.confirmed += 1;
    if (status === 'confirmed' && this.confirmed > 3) return;
    if (this.confirmed > 3 && waitlistPosition === 1) this.tellWhyItWaits();
    const place = waitlistPosition === null ? '' : `, position ${waitlistPosition}`;
    this.paper.line(
      `POST /v1/stops/{id}/registrations → 201  ${both(example.name)}: ${plural(seats, 'seat')} ${status}${place}`,
    );
  }

  private tellWhyItWaits(): void {
    this.paper.line('… a delegation gets all its seats or waits whole, and nobody passes who waits:');
  }
}

function send(
  api: PublicApi,
  stop: Stop,
  { example, apiKey }: Company,
  effect?: string,
): Promise<Answer<Registration>> {
  return api.call(registerDelegation, 'POST', `/v1/stops/${stop.id}/registrations`, {
    key: apiKey,
    body: { delegates: delegatesOf(example) },
    ...(effect === undefined ? {} : { effect }),
  });
}

/** Nobody real: people are numbered after their company. */
function delegatesOf({ key, delegates }: Company['example']): { name: string; email: string }[] {
  return Array.from({ length: delegates }, (_, index) => ({
    name: `示例代表 ${key}-${index + 1}`,
    email: `delegate-${key}-${index + 1}@example.com`,
  }));
}

async function provoke(
  api: PublicApi,
  stop: Stop,
  example: Example,
  companies: Companies,
  paper: Paper,
): Promise<void> {
  const company = companyOf(companies, example.verified[0] ?? '');
  const nobody = await send(api, stop, { ...company, apiKey: null });
  expectRefusal(nobody, '（无密钥） / (no key)', 'registers a delegation', 'auth.required', paper);
  if (company.apiKey === null) return;
  const who = both(company.example.name);
  expectRefusal(
    await send(api, stop, company),
    who,
    'registers a second time',
    'registration.duplicate',
    paper,
  );
  const publishing = await api.call(publishStop, 'POST', `/v1/stops/${stop.id}/publish`, {
    key: company.apiKey,
  });
  expectRefusal(publishing, who, 'publishes a stop', 'auth.forbidden', paper);
}

/** A refusal that does not come is the worst that a demo can find, so it ends there. */
export function expectRefusal(
  answer: Answer<unknown>,
  who: string,
  tried: string,
  code: string,
  paper: Paper,
): void {
  if (answer.refused === null)
    throw new DemoFailure(`${who} ${tried}: expected ${code}, but it was accepted.`);
  paper.refused({ who, tried, refused: answer.refused });
}

async function cancel(api: PublicApi, stop: Stop, company: Company, paper: Paper): Promise<void> {
  const before = await registrationsOf(api, stop);
  const own = before.find(({ companyId }) => companyId === company.id);
  if (own === undefined) return;
  const who = both(company.example.name);
  if (own.status === 'cancelled') {
    paper.line(`${who} has cancelled already`);
    return;
  }
  const { seats } = own;
  await api.must(cancelRegistration, 'POST', `/v1/registrations/${own.id}/cancel`, {
    key: company.apiKey ?? api.organizerKey,
  });
  paper.line(`POST /v1/registrations/{id}/cancel → 200  ${who} gives up ${plural(seats, 'seat')}`);
  const waited = new Set(before.filter(({ status }) => status === 'waitlisted').map(({ id }) => id));
  for (const { id, status, company: promoted, seats: got } of await registrationsOf(api, stop))
    if (waited.has(id) && status === 'confirmed')
      paper.line(`  … so ${both(promoted.name)} moves up: ${plural(got, 'seat')} confirmed`);
}
