import { Injectable } from '@nestjs/common';
import {
  getStopState,
  notFound,
  signInChanged,
  Problem,
  type EventOf,
  type InputOf,
  type OutputOf,
  type StopState,
  type createDoorPass,
  type listDoorPasses,
  type stopChanged,
} from '#contracts';
import { Rpc, type CallContext } from '#messaging';
import {
  Database,
  Inbox,
  UnitOfWork,
  cutPage,
  decodeIdCursor,
  newId,
  type TransactionContext,
} from '#persistence';
import { TokenDerivation, hashOfToken } from '../secrets/token-derivation.service.js';
import { passSignInExpiry } from '../sign-ins/sign-in.js';
import { SignInRepository } from '../sign-ins/sign-in.repository.js';
import { SignInService } from '../sign-ins/sign-in.service.js';
import { passExpiry, presentDoorPass, type DoorPassRecord } from './door-pass.js';
import { DoorPassRepository, type DoorPassScope } from './door-pass.repository.js';

/** The passes that sign phones in at the doors of stops. */
@Injectable()
export class DoorPassService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly inbox: Inbox,
    private readonly rpc: Rpc,
    private readonly passes: DoorPassRepository,
    private readonly signIns: SignInService,
    private readonly signInRows: SignInRepository,
    private readonly tokens: TokenDerivation,
  ) {}

  async create(
    call: CallContext,
    { stopId, body, baseUrl }: InputOf<typeof createDoorPass>,
  ): Promise<OutputOf<typeof createDoorPass>> {
    const stop = await this.stopOf(call, stopId);
    if (stop.status === 'cancelled')
      throw new Problem('stop.cancelled', 'A cancelled stop needs no door staff.');
    const pass = await this.unitOfWork.run(call, async (tx) => {
      const made = this.newPass(stop, body.label);
      if (made.expiresAt <= made.createdAt)
        throw new Problem('session.closed', 'This stop ended more than a day ago.');
      await this.passes.insert(tx.manager, made);
      recordPass(tx, 'door_pass.create', made);
      return presentDoorPass(made);
    });
    return { ...pass, url: `${baseUrl}/door/join#${this.tokens.derive('door-pass', pass.id)}` };
  }

  async list(
    call: CallContext,
    { stopId, limit, cursor }: InputOf<typeof listDoorPasses>,
  ): Promise<OutputOf<typeof listDoorPasses>> {
    await this.stopOf(call, stopId);
    const afterId = decodeIdCursor(cursor);
    const found = await this.passes.list(this.database, scopeOf(call, stopId), afterId, limit + 1);
    const { items, nextCursor } = cutPage(found, limit, (pass) => [pass.id]);
    return { items: items.map(presentDoorPass), nextCursor };
  }

  async delete(call: CallContext, stopId: string, id: string): Promise<null> {
    return this.unitOfWork.run(call, async (tx) => {
      const pass = await this.passes.lock(tx.manager, scopeOf(call, stopId), id);
      if (pass === null) throw notFound('door pass');
      await this.passes.update(tx.manager, id, { deletedAt: new Date() });
      await this.signIns.end(tx, { doorPassId: id });
      recordPass(tx, 'door_pass.delete', pass);
      return null;
    });
  }

  /** Uses a pass up within a transaction. @returns `null` for one that was used, deleted or has expired */
  async use(tx: TransactionContext, token: string): Promise<DoorPassRecord | null> {
    const pass = await this.passes.lockByHash(tx.manager, hashOfToken('door-pass', token));
    const now = new Date();
    if (pass === null || pass.usedAt !== null || pass.expiresAt <= now) return null;
    await this.passes.update(tx.manager, pass.id, { usedAt: now });
    return pass;
  }

  /** Passes end with their stop, also where it moves: the phones that are signed in are looked up anew. */
  async followStop(event: EventOf<typeof stopChanged>): Promise<void> {
    const { id, endsAt, status, version } = event.data;
    await this.inbox.once(event, async (manager, recorded) => {
      const expiresAt = status === 'cancelled' ? new Date() : passExpiry(endsAt);
      const changed = await this.passes.follow(manager, { stopId: id, stopVersion: version, expiresAt });
      if (changed.length === 0) return;
      const signInIds = await this.signInRows.follow(manager, changed, passSignInExpiry(expiresAt));
      for (const signInId of signInIds)
        recorded.emit(signInChanged, signInId, { signInId, active: true, version: 1 });
    });
  }

  private newPass(stop: StopState, label: string): DoorPassRecord {
    const id = newId();
    return {
      id,
      organizationId: stop.organizationId,
      stopId: stop.id,
      label,
      passHash: hashOfToken('door-pass', this.tokens.derive('door-pass', id)),
      createdAt: new Date(),
      expiresAt: passExpiry(stop.endsAt),
      stopVersion: stop.version,
      usedAt: null,
      deletedAt: null,
    };
  }

  private async stopOf({ caller, requestId, deadlineMs }: CallContext, id: string): Promise<StopState> {
    const { stop } = await this.rpc.ask(getStopState, { id }, deadlineMs - Date.now(), requestId);
    if (stop === null || stop.organizationId !== caller.organizationId) throw notFound('stop');
    return stop;
  }
}

function scopeOf({ caller }: CallContext, stopId: string): DoorPassScope {
  return { organizationId: caller.organizationId ?? '', stopId };
}

function recordPass(
  tx: Pick<TransactionContext, 'audit'>,
  action: 'door_pass.create' | 'door_pass.delete',
  { id, organizationId, stopId, label }: DoorPassRecord,
): void {
  const shown = { stopId, label };
  tx.audit({
    resourceType: 'door_pass',
    resourceId: id,
    action,
    organizationId,
    before: action === 'door_pass.delete' ? shown : null,
    after: action === 'door_pass.delete' ? null : shown,
  });
}
