import { Injectable } from '@nestjs/common';
import {
  Problem,
  sendAccountMail,
  type Browser,
  type InputOf,
  type OutputOf,
  type askSignInCode,
} from '#contracts';
import { Rpc, type CallContext } from '#messaging';
import { UnitOfWork, newId, type Transaction } from '#persistence';
import { TokenDerivation, hashOfToken } from '../secrets/token-derivation.service.js';
import {
  codeLifetimeMs,
  limitWindowStart,
  maxMailsPerAddress,
  maxMailsPerNetwork,
  waitMs,
  type SignInCodeRecord,
} from './sign-in-code.js';
import { SignInCodeRepository } from './sign-in-code.repository.js';

type Asked = InputOf<typeof askSignInCode>;

/**
 * Sends mails with codes. Anybody may sign in, known or not, so nothing here looks for a person: answers and their
 * timing can tell nothing about one.
 */
@Injectable()
export class AskCodeService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly codes: SignInCodeRepository,
    private readonly tokens: TokenDerivation,
    private readonly rpc: Rpc,
  ) {}

  async ask(call: CallContext, { body, browser, baseUrl }: Asked): Promise<OutputOf<typeof askSignInCode>> {
    const { email, language = null } = body;
    const { id, expiresAt } = await this.unitOfWork.run(call, async ({ manager }) => {
      const mail = this.newMail(email, language, browser);
      await this.refuseTooMany(manager, mail);
      await this.codes.endOlder(manager, mail.addressHash, mail.askedAt);
      await this.codes.insert(manager, mail);
      return { id: mail.id, expiresAt: mail.expiresAt.toISOString() };
    });
    await this.send(call, { id, email, language, expiresAt, baseUrl });
    return {
      asking: { value: this.tokens.derive('asking', id), maxAgeSeconds: codeLifetimeMs / 1_000 },
    };
  }

  private newMail(email: string, language: SignInCodeRecord['language'], browser: Browser): SignInCodeRecord {
    const id = newId();
    const askedAt = new Date();
    return {
      id,
      addressHash: this.tokens.hashOfAddress(email),
      email,
      language,
      linkHash: hashOfToken('link', this.tokens.derive('link', id)),
      browserHash: hashOfToken('asking', this.tokens.derive('asking', id)),
      network: browser.network,
      askedAt,
      expiresAt: new Date(askedAt.getTime() + codeLifetimeMs),
      tries: 0,
      usedAt: null,
      endedAt: null,
    };
  }

  private async refuseTooMany(
    manager: Transaction,
    { addressHash, network, askedAt }: SignInCodeRecord,
  ): Promise<void> {
    await this.codes.lockLimits(manager, addressHash, network);
    const since = limitWindowStart(askedAt);
    const byAddress = await this.codes.timesSince(manager, { addressHash }, since);
    const byNetwork = await this.codes.timesSince(manager, { network }, since);
    const wait = Math.max(
      waitMs(byAddress, maxMailsPerAddress, askedAt),
      waitMs(byNetwork, maxMailsPerNetwork, askedAt),
    );
    if (wait === 0) return;
    const retryAfterSeconds = Math.ceil(wait / 1_000);
    throw new Problem(
      'rate.limited',
      'Too many mails were asked for. Use the last one, or try again later.',
      {
        retryAfterSeconds,
      },
    );
  }

  /** A mail that could not be handed over counts for no limit. A repeated request has it sent once. */
  private async send(
    { requestId, deadlineMs }: CallContext,
    mail: { id: string; email: string; language: 'zh' | 'en' | null; expiresAt: string; baseUrl: string },
  ): Promise<void> {
    const { id, email, language, expiresAt, baseUrl } = mail;
    const link = `${baseUrl}/sign-in#${this.tokens.derive('link', id)}`;
    const message = { kind: 'sign-in' as const, mailId: id, email, language, expiresAt, link };
    try {
      const code = this.tokens.code(id);
      await this.rpc.ask(sendAccountMail, { ...message, code }, deadlineMs - Date.now(), requestId);
    } catch (error) {
      await this.unitOfWork.transaction((manager) => this.codes.delete(manager, id));
      throw error;
    }
  }
}
