import { registerDelegation, type OutputOf, type Stop } from '#contracts';
import { both, plural, type ConsoleReport } from './console-report.js';
import type { Answer, PublicApi } from './public-api.js';
import type { Company } from './sign-up-companies.js';

export type Registration = OutputOf<typeof registerDelegation>;

/** Confirmed delegations that are printed one by one. */
const MAX_LINES = 3;

/** Registers one company after another and tells of the first few, of all who wait, and of all who are refused. */
export class DelegationDesk {
  private confirmed = 0;
  private keyless = 0;

  constructor(
    private readonly api: PublicApi,
    private readonly stop: Stop,
    private readonly report: ConsoleReport,
  ) {}

  async register(company: Company): Promise<void> {
    if (company.apiKey === null) {
      this.keyless += 1;
      return;
    }
    const answer = await sendDelegation(
      this.api,
      this.stop,
      company,
      `registration ${this.stop.id} ${company.example.key}`,
    );
    const tried = `registers ${plural(company.example.delegates, 'delegate')}`;
    if (answer.refused === null) return this.tell(company, answer.data);
    this.tellOfMore();
    this.report.refused({ who: both(company.example.name), tried, refused: answer.refused });
  }

  tellOfTheRest(): void {
    this.tellOfMore();
    if (this.keyless > 0)
      this.report.line(`${plural(this.keyless, 'company', 'companies')} without a key here did not try`);
  }

  private tell({ example }: Company, { status, seats, waitlistPosition }: Registration): void {
    if (status === 'confirmed' && ++this.confirmed > MAX_LINES) return;
    if (waitlistPosition === 1) {
      this.tellOfMore();
      this.report.line('A delegation gets all its seats or waits whole, and nobody passes who waits:');
    }
    const place = waitlistPosition === null ? '' : `, position ${waitlistPosition}`;
    this.report.line(
      `POST /v1/stops/{id}/registrations → 201  ${both(example.name)}: ${plural(seats, 'seat')} ${status}${place}`,
    );
  }

  /** Once, before anything else is printed. */
  private tellOfMore(): void {
    if (this.confirmed > MAX_LINES) this.report.line(`… and ${this.confirmed - MAX_LINES} more, confirmed`);
    this.confirmed = 0;
  }
}

export function sendDelegation(
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
