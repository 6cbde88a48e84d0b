import { Injectable } from '@nestjs/common';
import {
  formatInstant,
  notFound,
  type Caller,
  type InputOf,
  type OutputOf,
  type exportRegistrations,
} from '#contracts';
import { Database, cutPage, decodeInstantAndIdCursor } from '#persistence';
import { RegistrationQueryService } from '../registrations/registration-query.service.js';
import { RegistrationRepository, type StoredRegistration } from '../registrations/registration.repository.js';
import { PersonalDataRepository } from './personal-data.repository.js';

type Exported = OutputOf<typeof exportRegistrations>;

/** Everything this service holds about a company's delegations, at all stops and in any status. */
@Injectable()
export class PersonalDataExport {
  constructor(
    private readonly database: Database,
    private readonly registrations: RegistrationRepository,
    private readonly queries: RegistrationQueryService,
    private readonly personalData: PersonalDataRepository,
  ) {}

  async list(query: InputOf<typeof exportRegistrations>, { companyId }: Caller): Promise<Exported> {
    if (companyId === undefined) throw notFound('company');
    const after = decodeInstantAndIdCursor(query.cursor);
    const rows = await this.registrations.list(
      this.database,
      { companyId, statuses: null },
      { after, take: query.limit + 1 },
    );
    const { items, nextCursor } = cutPage(rows, query.limit, (row) => [row.createdAt.toISOString(), row.id]);
    return { items: await this.exported(items), nextCursor };
  }

  private async exported(registrations: readonly StoredRegistration[]): Promise<Exported['items']> {
    const ids = registrations.map(({ id }) => id);
    const signUps = await this.personalData.findSignUps(this.database, ids);
    const departed = await this.personalData.findDeparted(this.database, ids);
    const views = await Promise.all(registrations.map((one) => this.queries.views(one.stopId, [one])));
    return views.flat().map(({ delegates, version, ...rest }, index) => ({
      ...rest,
      consent: consentOf(registrations[index]),
      delegates: delegates.map((one, place) => {
        const checkedInAt = registrations[index]?.delegates[place]?.checkedInAt ?? null;
        return { ...one, checkedInAt: checkedInAt && formatInstant(checkedInAt) };
      }),
      departed: (departed.get(rest.id) ?? []).map(({ delegateId, name, email, language, departedAt }) => ({
        name,
        email,
        language,
        delegateId,
        departedAt: formatInstant(departedAt),
      })),
      signUps: (signUps.get(rest.id) ?? []).map(({ sessionId, delegateId, createdAt }) => ({
        sessionId,
        delegateId,
        createdAt: formatInstant(createdAt),
      })),
      version,
    }));
  }
}

function consentOf(registration: StoredRegistration | undefined): Exported['items'][number]['consent'] {
  const consent = registration?.consent ?? null;
  return consent && { textVersion: consent.textVersion, at: formatInstant(consent.at) };
}
