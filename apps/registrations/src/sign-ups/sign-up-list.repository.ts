import { Injectable } from '@nestjs/common';
import { plainArray, type Reader } from '#persistence';
import { DelegateEntity } from '../registrations/delegate.entity.js';
import { RegistrationEntity } from '../registrations/registration.entity.js';
import type { TimedSignUp } from './session-seats.js';
import { SessionEntity } from './session.entity.js';
import { SignUpEntity } from './sign-up.entity.js';

export interface ListedSignUp {
  delegateId: string;
  name: string;
  companyId: string;
  createdAt: Date;
}

/** Reads the rows of sign-ups for lists. */
@Injectable()
export class SignUpListRepository {
  /** The sign-ups of a session, oldest first; of one company where `companyId` is given. */
  list(
    manager: Reader,
    { sessionId, companyId }: { sessionId: string; companyId: string | null },
    after: readonly [createdAt: Date, delegateId: string] | null,
    take: number,
  ): Promise<ListedSignUp[]> {
    const find = manager
      .createQueryBuilder(SignUpEntity, 'signUp')
      .innerJoin(DelegateEntity, 'delegate', 'delegate.id = signUp.delegateId')
      .innerJoin(RegistrationEntity, 'registration', 'registration.id = delegate.registrationId')
      .select('signUp.delegateId', 'delegateId')
      .addSelect('delegate.name', 'name')
      .addSelect('registration.companyId', 'companyId')
      .addSelect('signUp.createdAt', 'createdAt')
      .where('signUp.sessionId = :sessionId', { sessionId })
      .orderBy({ 'signUp.createdAt': 'ASC', 'signUp.delegateId': 'ASC' })
      .limit(take);
    if (companyId !== null) find.andWhere('registration.companyId = :companyId', { companyId });
    if (after !== null) {
      const [createdAt, delegateId] = after;
      const isLater = '(signUp.createdAt, signUp.delegateId) > (:createdAt, :delegateId)';
      find.andWhere(isLater, { createdAt, delegateId });
    }
    return find.getRawMany<ListedSignUp>();
  }

  /** All sign-ups of these delegates for sessions that are scheduled. */
  async listScheduled(manager: Reader, delegateIds: readonly string[]): Promise<TimedSignUp[]> {
    const rows = await manager
      .createQueryBuilder(SignUpEntity, 'signUp')
      .innerJoin(SessionEntity, 'session', 'session.sessionId = signUp.sessionId')
      .select('signUp.delegateId', 'delegateId')
      .addSelect('signUp.sessionId', 'sessionId')
      .addSelect('session.startsAt', 'startsAt')
      .addSelect('session.endsAt', 'endsAt')
      .where('signUp.delegateId = ANY (:ids)', { ids: plainArray(delegateIds) })
      .andWhere(`session.status = 'scheduled'`)
      .getRawMany<{ delegateId: string; sessionId: string; startsAt: Date; endsAt: Date }>();
    return rows.map(({ startsAt, endsAt, ...ids }) => ({ ...ids, during: { startsAt, endsAt } }));
  }
}
