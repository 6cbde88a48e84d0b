import { Injectable } from '@nestjs/common';
import { Problem, type OutputOf, type foundCompany } from '#contracts';
import type { CallContext } from '#messaging';
import { UnitOfWork, newId, type TransactionContext } from '#persistence';
import { ApiKeyService } from '../api-keys/api-key.service.js';
import { KeyDerivation } from '../api-keys/key-derivation.service.js';
import { MembershipRepository } from '../memberships/membership.repository.js';
import { recordMember } from '../memberships/membership.service.js';
import { SignInService } from '../sign-ins/sign-in.service.js';
import { UserRepository } from '../users/user.repository.js';
import { newCompany, presentCompany, type CompanyDraft } from './company.js';
import { CompanyRepository } from './company.repository.js';
import { recordChange } from './company.service.js';
import { takenCode } from './sign-up.service.js';

/** Signs a company up for a person, who is its first member and goes on as one. */
@Injectable()
export class FoundingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly companies: CompanyRepository,
    private readonly apiKeys: ApiKeyService,
    private readonly derivation: KeyDerivation,
    private readonly users: UserRepository,
    private readonly memberships: MembershipRepository,
    private readonly signIns: SignInService,
  ) {}

  async found(call: CallContext, draft: CompanyDraft): Promise<OutputOf<typeof foundCompany>> {
    const { userId = '', signInId = '' } = call.caller;
    const { company, keyId, next } = await this.unitOfWork.run(call, async (tx) => {
      await this.refuseMember(tx, userId);
      const made = newCompany(newId(), draft, new Date());
      const inserted = await this.companies.insertFree(tx.manager, [made]);
      if (!inserted.has(made.id)) throw takenCode();
      recordChange(tx, 'company.create', null, made);
      const grant = { role: 'company' as const, organizationId: null, companyId: made.id, stopId: null };
      const key = await this.apiKeys.issue(tx, grant, 'first key');
      const membership = await this.memberships.insertNew(tx.manager, userId, grant, new Date());
      if (membership === undefined) throw new Error('A new company has a member already.');
      recordMember(tx, 'member.join', membership);
      await this.memberships.markUsed(tx.manager, membership.id, new Date());
      return {
        company: presentCompany({ role: 'company', keyId: null, companyId: made.id }, made),
        keyId: key.id,
        next: await this.signIns.rotate(tx, signInId, membership.id),
      };
    });
    const apiKey = this.derivation.derive(keyId, 'company');
    return { company, apiKey, signIn: await this.signIns.cookie(next) };
  }

  private async refuseMember(tx: TransactionContext, userId: string): Promise<void> {
    const user = await this.users.lock(tx.manager, userId);
    if (user === null) throw new Problem('auth.required', 'This account does not exist any more.');
    const own = await this.memberships.ofUser(tx.manager, userId);
    if (own.some(({ role, joinedAt }) => role === 'company' && joinedAt !== null))
      throw new Problem(
        'auth.forbidden',
        'You belong to a company. Another one can be signed up without signing in.',
      );
  }
}
