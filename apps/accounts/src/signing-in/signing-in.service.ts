import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Problem, problems, type InputOf, type SignedIn, type signIn } from '#contracts';
import type { CallContext } from '#messaging';
import { CommittedRefusal, UnitOfWork, type TransactionContext } from '#persistence';
import { MeService } from '../me/me.service.js';
import { MembershipService } from '../memberships/membership.service.js';
import { TokenDerivation, hashOfToken } from '../secrets/token-derivation.service.js';
import type { SignInOwner } from '../sign-ins/sign-in.js';
import { SignInService } from '../sign-ins/sign-in.service.js';
import { UserRepository } from '../users/user.repository.js';
import { MachineWaysIn } from './machine-ways-in.service.js';
import {
  decideCode,
  decideLink,
  limitWindowStart,
  type Outcome,
  type SignInCodeRecord,
} from './sign-in-code.js';
import { SignInCodeRepository } from './sign-in-code.repository.js';

type Asked = InputOf<typeof signIn>;

/** Signs browsers and phones in: by code, link, door pass or API key. */
@Injectable()
export class SigningInService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly codes: SignInCodeRepository,
    private readonly machines: MachineWaysIn,
    private readonly users: UserRepository,
    private readonly memberships: MembershipService,
    private readonly signIns: SignInService,
    private readonly me: MeService,
    private readonly tokens: TokenDerivation,
  ) {}

  async signIn(call: CallContext, { body, browser }: Asked): Promise<SignedIn> {
    const { signInId } = await this.unitOfWork.run(call, async (tx) => {
      const owner = await this.ownerFor(tx, body, browser.askingToken);
      if (owner instanceof CommittedRefusal) return owner;
      const former = call.caller.signInId;
      return { signInId: await this.signIns.begin(tx, owner, { userAgent: browser.userAgent, former }) };
    });
    return this.me.signedIn(signInId, call.requestId);
  }

  private async ownerFor(
    tx: TransactionContext,
    { email, code, link, confirm, pass, apiKey }: Asked['body'],
    askingToken: string | null,
  ): Promise<SignInOwner | CommittedRefusal> {
    const browserHash = askingToken === null ? null : hashOfToken('asking', askingToken);
    if (email !== undefined && code !== undefined) return this.byCode(tx, email, code, browserHash);
    if (link !== undefined) return this.byLink(tx, tokenIn(link), browserHash, confirm ?? false);
    if (pass !== undefined) return this.machines.byPass(tx, tokenIn(pass));
    return this.machines.byApiKey(tx.manager, apiKey ?? '');
  }

  private async byCode(
    tx: TransactionContext,
    email: string,
    code: string,
    browserHash: string | null,
  ): Promise<SignInOwner | CommittedRefusal> {
    const now = new Date();
    const asked = await this.codes.lockByAddress(
      tx.manager,
      this.tokens.hashOfAddress(email),
      limitWindowStart(now),
    );
    const matches = (id: string) => timingSafeEqual(Buffer.from(this.tokens.code(id)), Buffer.from(code));
    return this.apply(tx, asked, decideCode(asked, browserHash, matches, now));
  }

  private async byLink(
    tx: TransactionContext,
    token: string,
    browserHash: string | null,
    confirmed: boolean,
  ): Promise<SignInOwner | CommittedRefusal> {
    const linkHash = hashOfToken('link', token);
    const byOperator = await this.machines.byOperatorLink(tx.manager, linkHash);
    if (byOperator !== null) return byOperator;
    const mail = await this.codes.lockByLink(tx.manager, linkHash);
    return this.apply(tx, mail === null ? [] : [mail], decideLink(mail, browserHash, confirmed, new Date()));
  }

  private async apply(
    tx: TransactionContext,
    asked: readonly SignInCodeRecord[],
    outcome: Outcome,
  ): Promise<SignInOwner | CommittedRefusal> {
    if ('refused' in outcome) {
      if (outcome.countTry !== undefined) await this.codes.countTry(tx.manager, outcome.countTry.id);
      return new CommittedRefusal(new Problem(outcome.refused, details[outcome.refused]));
    }
    const mail = asked.find(({ id }) => id === outcome.accepted.id);
    if (!mail?.email) throw new Error('The accepted mail is not among those that were read.');
    const now = new Date();
    await this.codes.markUsed(tx.manager, mail.id, now);
    const user = await this.users.ensure(tx.manager, mail.email, mail.language, now);
    return { userId: user.id, membershipId: await this.memberships.enter(tx, user) };
  }
}

/** What stands behind the `#` of an address, or all of what is none. */
function tokenIn(given: string): string {
  return given.slice(given.lastIndexOf('#') + 1);
}

type Refused = Extract<keyof typeof problems, `sign_in.${string}`>;

const details: Readonly<Record<Refused, string>> = {
  'sign_in.wrong_code': 'This is not the code of the last mail. After five tries a new one is needed.',
  'sign_in.expired': 'It was used before, is older than ten minutes, or was replaced. Ask for a new one.',
  'sign_in.other_browser': 'Enter the code in the browser that asked for it, or ask for one here.',
  'sign_in.confirm':
    'This link was asked for in another browser. Confirm that it was you who asked: send confirm: true.',
};
