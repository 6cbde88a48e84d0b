import { Injectable } from '@nestjs/common';
import { Brackets, In, IsNull, type EntityManager } from 'typeorm';
import {
  Problem,
  apiKeyChanged,
  formatInstant,
  getStopState,
  notFound,
  type Call,
  type Caller,
  type InputOf,
  type OutputOf,
  type Principal,
  type listApiKeys,
} from '#contracts';
import { Rpc, defaultDeadlineMs, type CallContext } from '#messaging';
import { UnitOfWork, cutPage, decodeIdCursor, newId, type TransactionContext } from '#persistence';
import { CompanyEntity } from '../companies/company.entity.js';
import { OrganizationEntity } from '../organizations/organization.entity.js';
import { ApiKeyEntity } from './api-key.entity.js';
import { futureEnd, grantKey, type KeyGrant, type KeyRequest } from './key-grant.js';
import { KeyMaker, hashOfKey } from './key-maker.js';

/** The first organization has a fixed id, so that replicas that start at once make one and not two. */
const firstOrganizationId = '01980000-0000-7000-8000-000000000001';
const firstOrganizationName = { zh: '主办方', en: 'Organizer' };
/** Keeps replicas that start at once from installing the first keys side by side; an arbitrary number. */
const firstKeysLock = 7_246_111;

type NewKey = { id: string; role: Principal['role']; label: string; expiresAt: string | null };

@Injectable()
export class ApiKeyRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly maker: KeyMaker,
    private readonly rpc: Rpc,
  ) {}

  async create(call: CallContext, request: KeyRequest): Promise<NewKey> {
    const grant = grantKey(call.caller, request);
    await this.refuseUnknownStop(grant, call.requestId);
    return this.unitOfWork.run(call, async (tx) => {
      const expiresAt = futureEnd(request.expiresAt, new Date());
      await refuseUnknownOwner(tx.manager, grant);
      return this.insert(tx, grant, request.label, expiresAt);
    });
  }

  /** Adds a key within a transaction that also makes its owner. */
  async insert(
    tx: TransactionContext,
    grant: KeyGrant,
    label: string,
    expiresAt: Date | null = null,
  ): Promise<NewKey> {
    const id = newId();
    const keyHash = hashOfKey(this.maker.keyOf(id, grant.role));
    const key = {
      id,
      keyHash,
      label,
      ...grant,
      fromEnvironment: false,
      createdAt: new Date(),
      expiresAt,
      lastUsedAt: null,
      deletedAt: null,
    };
    await tx.manager.insert(ApiKeyEntity, key);
    tx.emit(apiKeyChanged, id, { keyId: id, active: true, principal: principalOf(key), version: 1 });
    tx.audit({
      resourceType: 'api_key',
      resourceId: id,
      action: 'api_key.create',
      organizationId: grant.organizationId,
      before: null,
      after: { ...grant, label, expiresAt: shownTime(expiresAt) },
    });
    return { id, role: grant.role, label, expiresAt: shownTime(expiresAt) };
  }

  async list(caller: Caller, page: InputOf<typeof listApiKeys>): Promise<OutputOf<typeof listApiKeys>> {
    const afterId = decodeIdCursor(page.cursor);
    const query = this.unitOfWork.dataSource.manager
      .createQueryBuilder(ApiKeyEntity, 'key')
      .where('key.deletedAt IS NULL')
      .orderBy('key.id')
      .take(page.limit + 1);
    if (caller.role !== 'admin') query.andWhere(new Brackets((own) => own.where(ownKeys(caller))));
    if (afterId !== null) query.andWhere('key.id > :afterId', { afterId });
    const { items, nextCursor } = cutPage(await query.getMany(), page.limit, (key) => [key.id]);
    return { items: items.map(toApiKey), nextCursor };
  }

  async delete(call: CallContext, id: string): Promise<null> {
    return this.unitOfWork.run(call, async (tx) => {
      const key = await tx.manager.findOne(ApiKeyEntity, {
        where: { id, deletedAt: IsNull(), ...(call.caller.role === 'admin' ? {} : ownKeys(call.caller)) },
        lock: { mode: 'pessimistic_write' },
      });
      if (key === null) throw notFound('API key');
      if (key.fromEnvironment) {
        throw new Problem(
          'key.from_environment',
          'Change the environment of the installation to end this key.',
        );
      }
      await this.end(tx, key);
      return null;
    });
  }

  /** Who the hashes belong to; unknown, ended and expired ones are left out. */
  async findPrincipals(keyHashes: string[]): Promise<Principal[]> {
    const keys = await this.unitOfWork.dataSource.manager.findBy(ApiKeyEntity, {
      keyHash: In(keyHashes),
      deletedAt: IsNull(),
    });
    const now = Date.now();
    return keys.filter((key) => (key.expiresAt?.getTime() ?? Infinity) > now).map(principalOf);
  }

  /** Makes the environment's keys the only ones of the environment: changed values end the former keys. */
  async installFirstKeys(hashes: { admin: string; organizer: string }): Promise<void> {
    const call: Call = { caller: { role: 'admin', keyId: null }, requestId: 'start', deadlineMs: Infinity };
    await this.unitOfWork.run(call, async (tx) => {
      await tx.manager.query('SELECT pg_advisory_xact_lock($1)', [firstKeysLock]);
      await tx.manager.upsert(
        OrganizationEntity,
        { id: firstOrganizationId, name: firstOrganizationName, createdAt: new Date(), version: 1 },
        { conflictPaths: ['id'], skipUpdateIfNoValuesChanged: true, upsertType: 'on-conflict-do-update' },
      );
      await this.installFirstKey(tx, 'admin', hashes.admin, null);
      await this.installFirstKey(tx, 'organizer', hashes.organizer, firstOrganizationId);
    });
  }

  private async installFirstKey(
    tx: TransactionContext,
    role: 'admin' | 'organizer',
    keyHash: string,
    organizationId: string | null,
  ): Promise<void> {
    const present = await tx.manager.findBy(ApiKeyEntity, {
      fromEnvironment: true,
      role,
      deletedAt: IsNull(),
    });
    for (const key of present) if (key.keyHash !== keyHash) await this.end(tx, key);
    if (present.some((key) => key.keyHash === keyHash)) return;
    const key = {
      id: newId(),
      keyHash,
      role,
      label: `${role.toUpperCase()}_KEY`,
      organizationId,
      companyId: null,
      stopId: null,
      fromEnvironment: true,
      createdAt: new Date(),
      expiresAt: null,
      lastUsedAt: null,
      deletedAt: null,
    };
    // A value that served before and comes back gets a new id: the old row only remembers that it ended.
    await tx.manager.delete(ApiKeyEntity, { keyHash });
    await tx.manager.insert(ApiKeyEntity, key);
    tx.emit(apiKeyChanged, key.id, { keyId: key.id, active: true, principal: principalOf(key), version: 1 });
  }

  private async end(tx: TransactionContext, key: ApiKeyEntity): Promise<void> {
    await tx.manager.update(ApiKeyEntity, { id: key.id }, { deletedAt: new Date() });
    tx.emit(apiKeyChanged, key.id, { keyId: key.id, active: false, principal: principalOf(key), version: 2 });
    tx.audit({
      resourceType: 'api_key',
      resourceId: key.id,
      action: 'api_key.delete',
      organizationId: key.organizationId,
      before: { role: key.role, label: key.label },
      after: null,
    });
  }

  private async refuseUnknownStop({ stopId, organizationId }: KeyGrant, requestId: string): Promise<void> {
    if (stopId === null) return;
    const { stop } = await this.rpc.ask(getStopState, { id: stopId }, defaultDeadlineMs, requestId);
    if (stop === null || stop.organizationId !== organizationId) throw notFound('stop');
  }
}

async function refuseUnknownOwner(manager: EntityManager, grant: KeyGrant): Promise<void> {
  const owner =
    grant.companyId === null
      ? await manager.findOneBy(OrganizationEntity, { id: grant.organizationId ?? '' })
      : await manager.findOneBy(CompanyEntity, { id: grant.companyId });
  if (owner === null) throw notFound(grant.companyId === null ? 'organization' : 'company');
}

/** The keys that a caller may see and end: those of its company or organization. */
function ownKeys(caller: Caller): { companyId: string } | { organizationId: string } {
  return caller.role === 'company'
    ? { companyId: caller.companyId ?? '' }
    : { organizationId: caller.organizationId ?? '' };
}

function principalOf(key: ApiKeyEntity): Principal {
  return {
    keyHash: key.keyHash,
    keyId: key.id,
    role: key.role,
    ...(key.organizationId === null ? {} : { organizationId: key.organizationId }),
    ...(key.companyId === null ? {} : { companyId: key.companyId }),
    ...(key.stopId === null ? {} : { stopId: key.stopId }),
    ...(key.expiresAt === null ? {} : { expiresAt: formatInstant(key.expiresAt) }),
  };
}

function toApiKey(key: ApiKeyEntity): OutputOf<typeof listApiKeys>['items'][number] {
  const { id, role, label, organizationId, companyId, stopId } = key;
  return {
    id,
    role,
    label,
    organizationId,
    companyId,
    stopId,
    createdAt: formatInstant(key.createdAt),
    expiresAt: shownTime(key.expiresAt),
    lastUsedAt: shownTime(key.lastUsedAt),
  };
}

function shownTime(time: Date | null): string | null {
  return time && formatInstant(time);
}
