import { Injectable } from '@nestjs/common';
import { plainArray, type Reader } from '#persistence';
import { DepartedDelegateEntity } from '../people/departed-delegate.entity.js';
import { erasedName } from '../seats/erase.js';
import { SignUpEntity } from '../sign-ups/sign-up.entity.js';

/** A registration whose delegates are to be erased. */
export interface DueRegistration {
  registrationId: string;
  stopId: string;
  organizationId: string;
}

/** Finds what is held of people beyond the registrations themselves. */
@Injectable()
export class PersonalDataRepository {
  /** Sign-ups by registration, oldest first. */
  async findSignUps(
    manager: Reader,
    registrationIds: readonly string[],
  ): Promise<Map<string, SignUpEntity[]>> {
    const rows = await manager
      .createQueryBuilder(SignUpEntity, 'signUp')
      .where('signUp.registrationId = ANY (:ids)', { ids: plainArray(registrationIds) })
      .orderBy({ 'signUp.createdAt': 'ASC', 'signUp.sessionId': 'ASC', 'signUp.delegateId': 'ASC' })
      .getMany();
    return Map.groupBy(rows, ({ registrationId }) => registrationId);
  }

  /** Those who left, by registration, in the order in which they left. */
  async findDeparted(
    manager: Reader,
    registrationIds: readonly string[],
  ): Promise<Map<string, DepartedDelegateEntity[]>> {
    const rows = await manager
      .createQueryBuilder(DepartedDelegateEntity, 'departed')
      .where('departed.registrationId = ANY (:ids)', { ids: plainArray(registrationIds) })
      .orderBy('departed.id')
      .getMany();
    return Map.groupBy(rows, ({ registrationId }) => registrationId);
  }

  /** Registrations that still name somebody, at stops that ended before an instant. */
  async findDue(manager: Reader, endedBefore: Date, take: number): Promise<DueRegistration[]> {
    return (await manager.query(
      `SELECT r.id AS "registrationId", r.stop_id AS "stopId", s.organization_id AS "organizationId"
         FROM stops s JOIN registrations r USING (stop_id)
        WHERE s.ends_at < $1
          AND EXISTS (SELECT 1 FROM delegates d WHERE d.registration_id = r.id
                         AND (d.badge IS NOT NULL OR d.name <> $2))
        ORDER BY r.stop_id, r.id LIMIT $3`,
      [endedBefore, erasedName, take],
    )) as DueRegistration[];
  }
}
