import { Injectable } from '@nestjs/common';
import {
  Problem,
  getStopState,
  notFound,
  type Caller,
  type InputOf,
  type Me,
  type SignedIn,
  type ensureTokenUser,
  type updateMe,
} from '#contracts';
import { Rpc, defaultDeadlineMs, type CallContext } from '#messaging';
import { Database, UnitOfWork } from '#persistence';
import { MembershipRepository } from '../memberships/membership.repository.js';
import { MembershipService } from '../memberships/membership.service.js';
import { callerOf } from '../sign-ins/sign-in.js';
import { SignInService } from '../sign-ins/sign-in.service.js';
import { UserRepository } from '../users/user.repository.js';
import { presentMe, type MembershipNames } from './me.js';
import { NamesRepository } from './names.repository.js';

/** The caller's own account. */
@Injectable()
export class MeService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly users: UserRepository,
    private readonly memberships: MembershipRepository,
    private readonly joining: MembershipService,
    private readonly names: NamesRepository,
    private readonly signIns: SignInService,
    private readonly rpc: Rpc,
  ) {}

  /** @throws Problem `auth.required` for a person who is gone */
  async get(caller: Caller, requestId: string): Promise<Me> {
    const { userId } = caller;
    if (userId === undefined) return presentMe(await this.withoutPass(caller), null, [], emptyNames);
    const user = await this.users.find(this.database, userId);
    if (user === null) throw new Problem('auth.required', 'This account does not exist any more.');
    const memberships = (await this.memberships.ofUser(this.database, userId)).filter(
      ({ joinedAt }) => joinedAt !== null,
    );
    const names = {
      ...(await this.names.find(this.database, memberships)),
      stops: await this.stopNames(memberships, requestId),
    };
    return presentMe(caller, user, memberships, names);
  }

  async update(call: CallContext, body: InputOf<typeof updateMe>['body']): Promise<Me> {
    const { userId } = call.caller;
    if (userId === undefined) throw new Problem('auth.forbidden', 'Only a person has a name and a language.');
    await this.unitOfWork.run(call, async ({ manager }) => {
      const user = await this.users.find(manager, userId);
      if (user === null) throw notFound('account');
      const { name = user.name, language = user.language } = body;
      await this.users.update(manager, userId, { name, language });
      return null;
    });
    return this.get(call.caller, call.requestId);
  }

  /**
   * The person whose address a token of the installation's issuer names; made where there is none. The issuer has proven
   * the address, so the person joins what it was invited to, as by a sign-in. @returns its id
   */
  async ensureTokenUser(
    call: CallContext,
    { email, name }: InputOf<typeof ensureTokenUser>,
  ): Promise<string> {
    return this.unitOfWork.run(call, async (tx) => {
      const user = await this.users.ensure(tx.manager, email, null, new Date());
      if (user.name === null && name !== null)
        await this.users.update(tx.manager, user.id, { name, language: user.language });
      await this.joining.enter(tx, user);
      return user.id;
    });
  }

  /** Lets the caller's sign-in go on as another of its memberships, under a new token. */
  async actAs(call: CallContext, membershipId: string): Promise<SignedIn> {
    const { userId, signInId } = call.caller;
    const id = await this.unitOfWork.run(call, async (tx) => {
      const own = userId === undefined ? [] : await this.memberships.ofUser(tx.manager, userId);
      const membership = own.find(({ id: one, joinedAt }) => one === membershipId && joinedAt !== null);
      if (membership === undefined || signInId === undefined) throw notFound('membership');
      await this.memberships.markUsed(tx.manager, membershipId, new Date());
      return this.signIns.rotate(tx, signInId, membershipId);
    });
    return this.signedIn(id, call.requestId);
  }

  /** The answer to a new token: whom it stands for, and its cookie. */
  async signedIn(signInId: string, requestId: string): Promise<SignedIn> {
    const found = await this.signIns.findLive(signInId);
    if (found === null) throw new Problem('auth.required', 'This sign-in has ended.');
    const caller = callerOf(found.live);
    const me =
      caller.userId === undefined
        ? presentMe(caller, null, [], emptyNames)
        : await this.get(caller, requestId);
    return { me, signIn: found.cookie };
  }

  /** A door pass is no key, though it tells callers apart like one. */
  private async withoutPass(caller: Caller): Promise<Caller> {
    const { signInId } = caller;
    const isPass = signInId !== undefined && (await this.signIns.isOfDoorPass(signInId));
    return isPass ? { ...caller, keyId: null } : caller;
  }

  private async stopNames(
    memberships: readonly { stopId: string | null }[],
    requestId: string,
  ): Promise<MembershipNames['stops']> {
    const ids = [...new Set(memberships.flatMap(({ stopId }) => stopId ?? []))];
    const found = await Promise.all(
      ids.map((id) =>
        this.rpc.ask(getStopState, { id }, defaultDeadlineMs, requestId).then(
          ({ stop }) => stop?.name ?? null,
          () => null,
        ),
      ),
    );
    return new Map(ids.flatMap((id, index) => (found[index] ? [[id, found[index]] as const] : [])));
  }
}

const emptyNames: MembershipNames = { organizations: new Map(), companies: new Map(), stops: new Map() };
