import { Injectable } from '@nestjs/common';
import type { SelectQueryBuilder } from 'typeorm';
import { plainArray, type Reader } from '#persistence';
import { consentOf, type Delegation, type DelegationStatus } from '../seats/delegation.js';
import { DelegateEntity } from './delegate.entity.js';
import { RegistrationEntity } from './registration.entity.js';

/** A delegation with its stop, and its delegates with their check-ins. */
export interface StoredRegistration extends Delegation {
  readonly stopId: string;
  readonly delegates: readonly DelegateEntity[];
}

/** Which registrations a list holds; `null` leaves a filter out. */
export interface RegistrationFilter {
  readonly stopId?: string;
  readonly companyId: string | null;
  readonly statuses: readonly DelegationStatus[] | null;
}

/** Where a list goes on: behind the last one of the page before. */
export interface Slice {
  readonly after: readonly [createdAt: Date, id: string] | null;
  readonly take?: number;
}

/** Reads the rows of registrations and delegates; the seat queue alone writes them. */
@Injectable()
export class RegistrationRepository {
  async findStopId(manager: Reader, id: string): Promise<string | undefined> {
    const row = await manager.findOne(RegistrationEntity, { select: { stopId: true }, where: { id } });
    return row?.stopId;
  }

  async find(manager: Reader, id: string): Promise<StoredRegistration | undefined> {
    const row = await manager.findOneBy(RegistrationEntity, { id });
    if (row === null) return undefined;
    const [found] = await this.withDelegates(manager, [row]);
    return found;
  }

  /** In the order of their ids; unknown ones are left out. */
  async findAll(manager: Reader, ids: readonly string[]): Promise<StoredRegistration[]> {
    const rows = await manager
      .createQueryBuilder(RegistrationEntity, 'registration')
      .where('registration.id = ANY (:ids)', { ids: plainArray(ids) })
      .orderBy('registration.id')
      .getMany();
    return this.withDelegates(manager, rows);
  }

  /** Oldest first. */
  async list(
    manager: Reader,
    filter: RegistrationFilter,
    { after, take }: Slice,
  ): Promise<StoredRegistration[]> {
    const find = manager
      .createQueryBuilder(RegistrationEntity, 'registration')
      .orderBy({ 'registration.createdAt': 'ASC', 'registration.id': 'ASC' });
    restrict(find, filter);
    if (after !== null) {
      const [createdAt, id] = after;
      find.andWhere('(registration.createdAt, registration.id) > (:createdAt, :id)', { createdAt, id });
    }
    if (take !== undefined) find.take(take);
    return this.withDelegates(manager, await find.getMany());
  }

  /** The ids of the registrations that wait at a stop, in the order of the queue. */
  async findQueue(manager: Reader, stopId: string): Promise<string[]> {
    const rows = await manager
      .createQueryBuilder(RegistrationEntity, 'registration')
      .select('registration.id')
      .where('registration.stopId = :stopId AND registration.queueNumber IS NOT NULL', { stopId })
      .orderBy('registration.queueNumber')
      .getMany();
    return rows.map(({ id }) => id);
  }

  private async withDelegates(
    manager: Reader,
    rows: readonly RegistrationEntity[],
  ): Promise<StoredRegistration[]> {
    if (rows.length === 0) return [];
    const delegates = await manager
      .createQueryBuilder(DelegateEntity, 'delegate')
      .where('delegate.registrationId = ANY (:ids)', { ids: plainArray(rows.map(({ id }) => id)) })
      .orderBy('delegate.id')
      .getMany();
    const own = Map.groupBy(delegates, ({ registrationId }) => registrationId);
    return rows.map(({ consentTextVersion, consentAt, ...row }) => ({
      ...row,
      consent: consentOf(consentTextVersion, consentAt),
      delegates: own.get(row.id) ?? [],
    }));
  }
}

function restrict(
  find: SelectQueryBuilder<RegistrationEntity>,
  { stopId, companyId, statuses }: RegistrationFilter,
): void {
  if (stopId !== undefined) find.andWhere('registration.stopId = :stopId', { stopId });
  if (companyId !== null) find.andWhere('registration.companyId = :companyId', { companyId });
  if (statuses !== null) find.andWhere('registration.status IN (:...statuses)', { statuses });
}
