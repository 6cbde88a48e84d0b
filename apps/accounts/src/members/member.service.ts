import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  Problem,
  getStopState,
  notFound,
  sendAccountMail,
  type Caller,
  type InputOf,
  type Localized,
  type OutputOf,
  type inviteMember,
  type listMembers,
} from '#contracts';
import { Rpc, type CallContext } from '#messaging';
import {
  Database,
  UnitOfWork,
  cutPage,
  decodeIdCursor,
  newId,
  rewriteStoredResponses,
  type TransactionContext,
} from '#persistence';
import { NamesRepository } from '../me/names.repository.js';
import {
  grantMembership,
  membersOwnerFor,
  presentMember,
  refuseRemoving,
  type MembershipGrant,
  type MembershipRecord,
} from '../memberships/membership.js';
import { MembershipRepository } from '../memberships/membership.repository.js';
import { recordMember } from '../memberships/membership.service.js';
import { TokenDerivation } from '../secrets/token-derivation.service.js';
import { SignInRepository } from '../sign-ins/sign-in.repository.js';
import { SignInService } from '../sign-ins/sign-in.service.js';
import { SignInCodeRepository } from '../signing-in/sign-in-code.repository.js';
import { UserRepository } from '../users/user.repository.js';
import { InvitationLimit } from './invitation-limit.service.js';

type Member = OutputOf<typeof inviteMember>;

/** The people of an organization or a company. */
@Injectable()
export class MemberService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly rpc: Rpc,
    private readonly users: UserRepository,
    private readonly memberships: MembershipRepository,
    private readonly signIns: SignInService,
    private readonly signInRows: SignInRepository,
    private readonly names: NamesRepository,
    private readonly codes: SignInCodeRepository,
    private readonly tokens: TokenDerivation,
    private readonly limit: InvitationLimit,
  ) {}

  async list(
    caller: Caller,
    { cursor, limit }: InputOf<typeof listMembers>,
  ): Promise<OutputOf<typeof listMembers>> {
    const afterId = decodeIdCursor(cursor);
    const found = await this.memberships.list(this.database, membersOwnerFor(caller), afterId, limit + 1);
    const { items, nextCursor } = cutPage(found, limit, ({ membership }) => [membership.id]);
    return { items: items.map(({ membership, ...person }) => presentMember(membership, person)), nextCursor };
  }

  /**
   * Invites somebody: the mail first, so that nobody is a member in the list who never got one. Inviting again sends
   * again and makes nothing new; who has joined gets no mail.
   */
  async invite(call: CallContext, { body, baseUrl }: InputOf<typeof inviteMember>): Promise<Member> {
    const grant = grantMembership(call.caller, body);
    const stop = await this.stopName(call, grant);
    const present = await this.find(grant, body.email);
    if (present?.state === 'joined') return present;
    await this.mail(call, grant, body, { stop, baseUrl });
    return this.unitOfWork.run(
      call,
      async (tx) => {
        const user = await this.users.ensure(tx.manager, body.email, body.language ?? null, null);
        const made = await this.memberships.insertNew(tx.manager, user.id, grant, null);
        if (made !== undefined) recordMember(tx, 'member.invite', made);
        const membership = made ?? (await this.memberships.findSame(tx.manager, user.id, grant));
        if (membership === null) throw new Error('The membership is neither new nor there.');
        return presentMember(membership, user);
      },
      ({ id }) => id,
    );
  }

  async remove(call: CallContext, id: string): Promise<null> {
    return this.unitOfWork.run(call, async (tx) => {
      const owner = membersOwnerFor(call.caller);
      const siblings = await this.memberships.lockAll(tx.manager, owner);
      const membership = siblings.find((one) => one.id === id);
      if (membership === undefined) throw notFound('member');
      refuseRemoving(membership, siblings);
      await this.erase(tx, membership);
      return null;
    });
  }

  /** Who belongs to nothing any more is erased, and no kept answer names them. */
  private async erase(tx: TransactionContext, membership: MembershipRecord): Promise<void> {
    const { id, userId } = membership;
    await this.memberships.delete(tx.manager, id);
    recordMember(tx, 'member.remove', membership);
    await rewriteStoredResponses(tx.manager, [id], (answer) => ({
      ...(answer as Member),
      email: '',
      name: null,
    }));
    await this.signIns.end(tx, { membershipId: id });
    if ((await this.memberships.ofUser(tx.manager, userId)).length > 0) return;
    await this.signIns.end(tx, { userId });
    await this.signInRows.blank(tx.manager, userId);
    const user = await this.users.find(tx.manager, userId);
    if (user !== null)
      await this.codes.endOlder(tx.manager, this.tokens.hashOfAddress(user.email), new Date());
    await this.users.delete(tx.manager, userId);
  }

  private async find(grant: MembershipGrant, email: string): Promise<Member | null> {
    const user = await this.users.findByEmail(this.database, email);
    const membership = user && (await this.memberships.findSame(this.database, user.id, grant));
    return user && membership && presentMember(membership, user);
  }

  private async mail(
    call: CallContext,
    { role, organizationId, companyId }: MembershipGrant,
    { email, language = null }: InputOf<typeof inviteMember>['body'],
    { stop, baseUrl }: { stop: Localized | undefined; baseUrl: string },
  ): Promise<void> {
    await this.limit.take(email);
    const names = await this.names.find(this.database, [{ organizationId, companyId }]);
    const { userId } = call.caller;
    const inviter = userId === undefined ? null : await this.users.find(this.database, userId);
    const organization = names.organizations.get(organizationId ?? '');
    const company = names.companies.get(companyId ?? '');
    const invitation = {
      kind: 'invitation' as const,
      mailId: mailIdOf(call),
      email,
      language,
      role,
      link: `${baseUrl}/sign-in`,
      ...(organization === undefined ? {} : { organization }),
      ...(company === undefined ? {} : { company }),
      ...(stop === undefined ? {} : { stop }),
      ...(inviter?.name ? { invitedBy: inviter.name } : {}),
    };
    await this.rpc.ask(sendAccountMail, invitation, call.deadlineMs - Date.now(), call.requestId);
  }

  /** @throws Problem `resource.not_found` for a stop of somebody else */
  private async stopName(
    { requestId, deadlineMs }: CallContext,
    { stopId, organizationId }: MembershipGrant,
  ): Promise<Localized | undefined> {
    if (stopId === null) return undefined;
    const { stop } = await this.rpc.ask(getStopState, { id: stopId }, deadlineMs - Date.now(), requestId);
    if (stop === null || stop.organizationId !== organizationId) throw notFound('stop');
    if (stop.status === 'cancelled') throw new Problem('stop.cancelled', 'A cancelled stop needs no staff.');
    return stop.name;
  }
}

/** A repeated request is the same mail, in the form of an id (UUID version 8, RFC 9562). */
function mailIdOf({ idempotency }: CallContext): string {
  if (idempotency === undefined) return newId();
  const { scope, key, requestHash } = idempotency;
  const hex = createHash('sha256').update(`${scope}\n${key}\n${requestHash}`).digest('hex');
  return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-8$3-8$4-$5');
}
