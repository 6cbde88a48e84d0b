import { Injectable } from '@nestjs/common';
import {
  notFound,
  signInChanged,
  type Caller,
  type InputOf,
  type NewCookie,
  type OutputOf,
  type SignInPrincipal,
  type listSignIns,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, cutPage, decodeIdCursor, newId, type TransactionContext } from '#persistence';
import { TokenDerivation, hashOfToken } from '../secrets/token-derivation.service.js';
import {
  cookieOf,
  isOwn,
  newSignIn,
  presentSignIn,
  rotated,
  scopeFor,
  signInPrincipalOf,
  type LiveSignIn,
  type SignInOwner,
} from './sign-in.js';
import { SignInRepository, type EndedBy } from './sign-in.repository.js';

/** What a transaction records beside its rows. */
type Records = Pick<TransactionContext, 'emit' | 'audit'>;

/** Begins, rotates, lists and ends sign-ins. */
@Injectable()
export class SignInService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly signIns: SignInRepository,
    private readonly tokens: TokenDerivation,
  ) {}

  /** Begins a sign-in within a transaction, and ends the one that its browser had before. @returns its id */
  async begin(
    tx: TransactionContext,
    owner: SignInOwner,
    { userAgent, former }: { userAgent: string | null; former: string | undefined },
  ): Promise<string> {
    const id = newId();
    if (former !== undefined) await this.end(tx, { id: former });
    await this.signIns.insert(tx.manager, newSignIn(id, this.hashOf(id), owner, userAgent, new Date()));
    recordChange(tx, id, 'sign_in.create', ownerIds(owner));
    return id;
  }

  /** Lets the caller's sign-in go on under a new token, acting as a membership. @returns its new id */
  async rotate(tx: TransactionContext, signInId: string, membershipId: string | null): Promise<string> {
    const present = await this.signIns.lock(tx.manager, signInId);
    if (present === null) throw notFound('sign-in');
    const id = newId();
    await this.end(tx, { id: signInId });
    const next = { id, tokenHash: this.hashOf(id), membershipId };
    await this.signIns.insert(tx.manager, rotated(present, next, new Date()));
    recordChange(tx, id, 'sign_in.create', { userId: present.userId, membershipId });
    return id;
  }

  /** Ends sign-ins within a transaction; every gateway learns of it from the event, or asks. */
  async end(tx: TransactionContext, by: EndedBy): Promise<void> {
    for (const id of await this.signIns.end(tx.manager, by, new Date())) {
      tx.emit(signInChanged, id, { signInId: id, active: false, version: 2 });
      recordChange(tx, id, 'sign_in.end', null);
    }
  }

  async endOwn(call: CallContext, id: string): Promise<null> {
    return this.unitOfWork.run(call, async (tx) => {
      const found = await this.signIns.lock(tx.manager, id);
      if (found === null || !isOwn(call.caller, found)) throw notFound('sign-in');
      await this.end(tx, { id });
      return null;
    });
  }

  async signOut(call: CallContext): Promise<null> {
    const { signInId } = call.caller;
    if (signInId === undefined) return null;
    return this.unitOfWork.run(call, async (tx) => {
      await this.end(tx, { id: signInId });
      return null;
    });
  }

  async list(caller: Caller, query: InputOf<typeof listSignIns>): Promise<OutputOf<typeof listSignIns>> {
    const scope = scopeFor(caller);
    if (scope === null) return { items: [], nextCursor: null };
    const afterId = decodeIdCursor(query.cursor);
    const found = await this.signIns.list(this.database, scope, new Date(), afterId, query.limit + 1);
    const { items, nextCursor } = cutPage(found, query.limit, (one) => [one.id]);
    return { items: items.map((one) => presentSignIn(one, caller.signInId)), nextCursor };
  }

  /** The cookie of a sign-in, even of one that has ended since: a repeated request is answered as the first was. */
  async cookie(signInId: string): Promise<NewCookie> {
    const signIn = await this.signIns.find(this.database, signInId);
    if (signIn === null) throw notFound('sign-in');
    return this.cookieUntil(signIn.expiresAt, signInId);
  }

  async isOfDoorPass(signInId: string): Promise<boolean> {
    return (await this.signIns.find(this.database, signInId))?.doorPassId !== null;
  }

  /** The principals of the live sign-ins with some hashes. */
  async authenticate(tokenHashes: readonly string[]): Promise<SignInPrincipal[]> {
    const found = await this.signIns.findLive(this.database, tokenHashes, new Date());
    return found.map(signInPrincipalOf);
  }

  /** A sign-in as it stands now, with its cookie; `null` where it has ended. */
  async findLive(signInId: string): Promise<{ live: LiveSignIn; cookie: NewCookie } | null> {
    const [live] = await this.signIns.findLive(this.database, [this.hashOf(signInId)], new Date());
    return live === undefined ? null : { live, cookie: this.cookieUntil(live.cookieExpiresAt, signInId) };
  }

  /** The token is derived for the answer alone. */
  private cookieUntil(expiresAt: Date, signInId: string): NewCookie {
    return cookieOf(this.tokens.derive('sign-in', signInId), expiresAt, new Date());
  }

  private hashOf(signInId: string): string {
    return hashOfToken('sign-in', this.tokens.derive('sign-in', signInId));
  }
}

function ownerIds(owner: SignInOwner): object {
  if ('userId' in owner) return { userId: owner.userId, membershipId: owner.membershipId };
  return 'apiKeyId' in owner ? { apiKeyId: owner.apiKeyId } : { doorPassId: owner.doorPassId };
}

function recordChange(
  records: Records,
  id: string,
  action: 'sign_in.create' | 'sign_in.end',
  after: object | null,
): void {
  records.audit({
    resourceType: 'sign_in',
    resourceId: id,
    action,
    organizationId: null,
    before: null,
    after,
  });
}
