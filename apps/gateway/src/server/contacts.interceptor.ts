import { Inject, Injectable } from '@nestjs/common';
import { getCompanyContacts, type Call, type Registration } from '#contracts';
import { Rpc } from '#messaging';
import { LOGGER, type Logger } from '#service';

type RegistrationBody = Registration | { items: Registration[] };

const contactsTimeoutMs = 1_000;

/** Adds company contacts to registrations on their way to an organizer: accounts alone keeps them. */
@Injectable()
export class ContactsInterceptor {
  constructor(
    private readonly rpc: Rpc,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /** @returns the body with `company.contact`, which is `null` where accounts does not answer */
  async addTo(body: Uint8Array, call: Call): Promise<Buffer> {
    const shown = JSON.parse(Buffer.from(body).toString('utf8')) as RegistrationBody;
    const registrations = 'items' in shown ? shown.items : [shown];
    const contacts = await this.fetch([...new Set(registrations.map((one) => one.companyId))], call);
    for (const one of registrations) one.company.contact = contacts.get(one.companyId) ?? null;
    return Buffer.from(JSON.stringify(shown));
  }

  private async fetch(ids: string[], call: Call): Promise<Map<string, Registration['company']['contact']>> {
    if (ids.length === 0) return new Map();
    try {
      const own = { ...call, deadlineMs: Date.now() + contactsTimeoutMs };
      const { contacts } = await this.rpc.call(getCompanyContacts, { ids }, own);
      return new Map(contacts.map(({ companyId, contact }) => [companyId, contact]));
    } catch (error) {
      this.logger.warn(
        { err: error, requestId: call.requestId },
        'contacts left out: accounts is unavailable',
      );
      return new Map();
    }
  }
}
