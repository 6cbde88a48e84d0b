import { Injectable } from '@nestjs/common';
import {
  apiKeyChanged,
  getStopState,
  notFound,
  type Caller,
  type InputOf,
  type OutputOf,
  type Principal,
  type listApiKeys,
} from '#contracts';
import { Rpc, defaultDeadlineMs, type CallContext } from '#messaging';
import {
  UnitOfWork,
  cutPage,
  decodeIdCursor,
  newId,
  violatedConstraint,
  Database,
  type TransactionContext,
} from '#persistence';
import {
  formatOptional,
  isAlive,
  ownerFor,
  presentApiKey,
  principalOf,
  refuseRevoking,
  type ApiKeyRecord,
} from './api-key.js';
import { ApiKeyRepository } from './api-key.repository.js';
import { MembershipRepository } from '../memberships/membership.repository.js';
import { SignInService } from '../sign-ins/sign-in.service.js';
import { KeyDerivation, hashOfKey } from './key-derivation.service.js';
import { futureEnd, grantKey, type KeyGrant, type KeyRequest } from './key-grant.js';

/** What a transaction records beside its rows, in the name of one caller. */
type Records = Pick<TransactionContext, 'emit' | 'audit'>;

export type NewKey = { id: string; role: Principal['role']; label: string; expiresAt: string | null };

@Injectable()
export class ApiKeyService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly keys: ApiKeyRepository,
    private readonly derivation: KeyDerivation,
    private readonly memberships: MembershipRepository,
    private readonly signIns: SignInService,
    private readonly rpc: Rpc,
  ) {}

  async create(call: CallContext, request: KeyRequest): Promise<NewKey & { apiKey: string }> {
    const grant = grantKey(call.caller, request);
    await this.refuseUnknownStop(grant, call.requestId);
    const work = this.unitOfWork.run(call, async (tx) => {
      const expiresAt = futureEnd(request.expiresAt, new Date());
      return this.issue(tx, grant, request.label, expiresAt);
    });
    const key = await work.catch(refuseUnknownOwner);
    return { ...key, apiKey: this.derivation.derive(key.id, key.role) };
  }

  /** Adds a key within a transaction that may also make its owner. The key itself is derived for the answer alone. */
  async issue(
    tx: TransactionContext,
    grant: KeyGrant,
    label: string,
    expiresAt: Date | null = null,
  ): Promise<NewKey> {
    const key = this.newKey(grant, label, expiresAt);
    await this.keys.insert(tx.manager, key);
    recordIssued(tx, key);
    return { id: key.id, role: key.role, label, expiresAt: formatOptional(expiresAt) };
  }

  /** The first key of a company, for a transaction that signs several up and sends all their keys together. */
  firstKeyOf(companyId: string, records: Records): ApiKeyRecord {
    const grant = { role: 'company' as const, organizationId: null, companyId, stopId: null };
    const key = this.newKey(grant, 'first key', null);
    recordIssued(records, key);
    return key;
  }

  async list(caller: Caller, query: InputOf<typeof listApiKeys>): Promise<OutputOf<typeof listApiKeys>> {
    const manager = this.database;
    const afterId = decodeIdCursor(query.cursor);
    const found = await this.keys.list(manager, ownerFor(caller), afterId, query.limit + 1);
    const { items, nextCursor } = cutPage(found, query.limit, (key) => [key.id]);
    return { items: items.map(presentApiKey), nextCursor };
  }

  async delete(call: CallContext, id: string): Promise<null> {
    return this.unitOfWork.run(call, async (tx) => {
      const found = await this.keys.find(tx.manager, ownerFor(call.caller), id);
      const locked = found === null ? [] : await this.keys.lockWithSiblings(tx.manager, found);
      const key = locked.find((one) => one.id === id);
      if (key === undefined) throw notFound('API key');
      const hasMember =
        key.companyId !== null && (await this.memberships.companyHasMember(tx.manager, key.companyId));
      refuseRevoking(key, locked, hasMember, new Date());
      await this.revoke(tx, key);
      return null;
    });
  }

  /** Ends a key within a transaction, with the sign-ins that were made with it; every gateway learns of it from the event. */
  async revoke(tx: TransactionContext, key: ApiKeyRecord): Promise<void> {
    await this.keys.markRevoked(tx.manager, key.id, new Date());
    await this.signIns.end(tx, { apiKeyId: key.id });
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

  /** The principals of hashes; unknown, revoked and expired keys have none. */
  async authenticate(keyHashes: readonly string[]): Promise<Principal[]> {
    const keys = await this.keys.findByHashes(this.database, keyHashes);
    const now = new Date();
    return keys.filter((key) => isAlive(key, now)).map(principalOf);
  }

  private newKey(grant: KeyGrant, label: string, expiresAt: Date | null): ApiKeyRecord {
    const id = newId();
    return {
      id,
      keyHash: hashOfKey(this.derivation.derive(id, grant.role)),
      label,
      ...grant,
      fromEnvironment: false,
      createdAt: new Date(),
      expiresAt,
      lastUsedAt: null,
      deletedAt: null,
    };
  }

  private async refuseUnknownStop({ stopId, organizationId }: KeyGrant, requestId: string): Promise<void> {
    if (stopId === null) return;
    const { stop } = await this.rpc.ask(getStopState, { id: stopId }, defaultDeadlineMs, requestId);
    if (stop === null || stop.organizationId !== organizationId) throw notFound('stop');
  }
}

/** The event and the audit line of a new key. */
function recordIssued(records: Records, key: ApiKeyRecord): void {
  const { id, role, organizationId, companyId, stopId, label } = key;
  records.emit(apiKeyChanged, id, { keyId: id, active: true, principal: principalOf(key), version: 1 });
  records.audit({
    resourceType: 'api_key',
    resourceId: id,
    action: 'api_key.create',
    organizationId,
    before: null,
    after: { role, organizationId, companyId, stopId, label, expiresAt: formatOptional(key.expiresAt) },
  });
}

/** The foreign keys find out whether the owner that an admin names is there. */
function refuseUnknownOwner(error: unknown): never {
  const constraint = violatedConstraint(error);
  if (constraint === 'api_keys_organization_id_fkey') throw notFound('organization');
  if (constraint === 'api_keys_company_id_fkey') throw notFound('company');
  throw error;
}
