import { createCompany, getMyCompany, listCompanies, suspendCompany, verifyCompany } from '#contracts';
import type { Example, ExampleCompany } from './example.js';
import { both, plural, type ConsoleReport } from './console-report.js';
import { DemoFailure, type PublicApi } from './public-api.js';

/** A handful at once, as companies would come; the order does not matter before registration. */
const maxInFlight = 8;

/** One company of the example as this run knows it. Without its key the demo can't act for it, only look. */
export interface Company {
  readonly example: ExampleCompany;
  readonly id: string;
  readonly apiKey: string | null;
  readonly isNew: boolean;
}
export type Companies = ReadonlyMap<string, Company>;

export async function signUpCompanies(
  api: PublicApi,
  example: Example,
  report: ConsoleReport,
): Promise<Companies> {
  report.heading('Companies sign up', '企业注册');
  const companies = await signUpAll(api, example.companies);
  tellOfSignUps([...companies.values()], report);
  await provokeWrongSignUps(api, example, report);
  await decideStandings(api, example, companies, report);
  await showOneCompany(api, companyOf(companies, example.verified[0] ?? ''), report);
  return companies;
}

export function companyOf(companies: Companies, key: string): Company {
  const company = companies.get(key);
  if (company === undefined) throw new DemoFailure(`examples/chengdu.json names no company "${key}".`);
  return company;
}

async function signUpAll(api: PublicApi, examples: readonly ExampleCompany[]): Promise<Companies> {
  const known = await api.all(listCompanies, '/v1/companies', api.organizerKey);
  const ids = new Map(known.map(({ uscc, id }) => [uscc, id]));
  const companies = new Map<string, Company>();
  for (let first = 0; first < examples.length; first += maxInFlight) {
    const some = examples.slice(first, first + maxInFlight);
    const signedUp = await Promise.all(some.map((one) => signUp(api, one, ids)));
    for (const company of signedUp) companies.set(company.example.key, company);
  }
  return companies;
}

/** A repeat within 24 hours is answered as the first time, key included; after that the credit code is taken. */
async function signUp(
  api: PublicApi,
  one: ExampleCompany,
  ids: ReadonlyMap<string, string>,
): Promise<Company> {
  const body = signUpBody(one, one.uscc);
  const answer = await api.call(createCompany, 'POST', '/v1/companies', {
    body,
    effect: `company ${one.key}`,
  });
  if (answer.refused === null) {
    const { company, apiKey } = answer.data;
    return { example: one, id: company.id, apiKey, isNew: !answer.replayed };
  }
  const id = ids.get(one.uscc);
  if (answer.refused.code !== 'company.uscc_taken' || id === undefined)
    throw new DemoFailure(`${one.name.en} can't sign up: ${answer.refused.code}. ${answer.refused.detail}`);
  return { example: one, id, apiKey: null, isNew: false };
}

function signUpBody({ key, name }: ExampleCompany, uscc: string) {
  return {
    name,
    uscc,
    contact: { name: `示例联系人 ${key}`, email: contactAddress(key) },
    cityCode: '510100',
  };
}

function tellOfSignUps(companies: readonly Company[], report: ConsoleReport): void {
  const made = companies.filter(({ isNew }) => isNew);
  const keyless = companies.filter(({ apiKey }) => apiKey === null);
  for (const { example } of made.slice(0, 3))
    report.line(`POST /v1/companies → 201  ${both(example.name)}, ${example.uscc}`);
  if (made.length > 3) report.line(`… and ${made.length - 3} more`);
  const others = companies.length - made.length;
  if (others > 0) report.line(`${plural(others, 'company is', 'companies are')} there already`);
  if (keyless.length === 0) return;
  report.line(
    `${plural(keyless.length, 'company has', 'companies have')} a key that was shown more than 24 hours`,
  );
  report.line('ago, or to another organizer. The demo keeps no keys, so it only looks at what they have.');
}

async function provokeWrongSignUps(api: PublicApi, example: Example, report: ConsoleReport): Promise<void> {
  const [first] = example.companies;
  if (first === undefined) return;
  const stranger = {
    key: '099',
    name: { zh: '示例企业 099', en: 'Example Company 099' },
    uscc: '',
    delegates: 1,
  };
  for (const [uscc, tried] of [
    [example.wrongUscc, 'signs up with a wrong check character'],
    [first.uscc, `signs up with the code of ${first.name.en}`],
  ] as const) {
    const answer = await api.call(createCompany, 'POST', '/v1/companies', {
      body: signUpBody(stranger, uscc),
    });
    if (answer.refused === null) throw new DemoFailure(`A company ${tried}, and that was accepted.`);
    report.refused({ who: both(stranger.name), tried, refused: answer.refused });
  }
}

async function decideStandings(
  api: PublicApi,
  example: Example,
  all: Companies,
  report: ConsoleReport,
): Promise<void> {
  const key = api.organizerKey;
  for (const verified of example.verified) {
    const { id, example: one } = companyOf(all, verified);
    const { status } = await api.must(verifyCompany, 'POST', `/v1/companies/${id}/verify`, { key });
    report.line(`POST /v1/companies/{id}/verify → 200  ${both(one.name)}: ${status}`);
  }
  for (const suspended of example.suspended) {
    const { id, example: one } = companyOf(all, suspended);
    const { status } = await api.must(suspendCompany, 'POST', `/v1/companies/${id}/suspend`, { key });
    report.line(`POST /v1/companies/{id}/suspend → 200  ${both(one.name)}: ${status}`);
  }
}

async function showOneCompany(api: PublicApi, { apiKey }: Company, report: ConsoleReport): Promise<void> {
  if (apiKey === null) return;
  const me = await api.must(getMyCompany, 'GET', '/v1/companies/me', { key: apiKey });
  report.line(`The company sees: GET /v1/companies/me → ${both(me.name)}, ${me.status}`);
}

/** Whoever reads the mails of this address is a member of the company. */
export function contactAddress(companyKey: string): string {
  return `contact-${companyKey}@example.com`;
}
