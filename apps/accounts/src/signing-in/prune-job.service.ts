import { Inject, Injectable } from '@nestjs/common';
import { AdvisoryLocks, UnitOfWork } from '#persistence';
import { LOGGER, PeriodicJob, type Logger } from '#service';
import { MembershipRepository } from '../memberships/membership.repository.js';
import { SignInRepository } from '../sign-ins/sign-in.repository.js';
import { UserRepository } from '../users/user.repository.js';
import { SignInCodeRepository } from './sign-in-code.repository.js';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const pauseMs = hourMs;
/** Longer than any limit looks back. */
const codesKeptMs = 2 * hourMs;
/** Ended and expired sign-ins; longer than gateways ask back. */
const signInsKeptMs = 30 * dayMs;
/** Invitations that nobody follows. */
const invitationsKeptMs = 90 * dayMs;
/** People who belong to nothing and don't come back. */
const unusedUsersKeptMs = 30 * dayMs;
/** Rows deleted in one transaction. */
const pageSize = 5_000;

/** Deletes what is not needed any more of codes, sign-ins, invitations and people. */
@Injectable()
export class PruneJob extends PeriodicJob {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly locks: AdvisoryLocks,
    private readonly codes: SignInCodeRepository,
    private readonly signIns: SignInRepository,
    private readonly memberships: MembershipRepository,
    private readonly users: UserRepository,
    @Inject(LOGGER) logger: Logger,
  ) {
    super(logger, { what: 'pruning sign-ins', pauseMs });
  }

  protected run(): Promise<unknown> {
    return this.prune(Date.now());
  }

  async prune(nowMs: number): Promise<void> {
    const before = (keptMs: number) => new Date(nowMs - keptMs);
    await this.locks.withAdvisoryLock('prune-sign-ins', async () => {
      await this.unitOfWork.transaction(async (manager) => {
        await this.codes.prune(manager, before(codesKeptMs));
        await this.memberships.pruneInvitations(manager, before(invitationsKeptMs));
      });
      await this.inPages((manager) => this.signIns.prune(manager, before(signInsKeptMs), pageSize));
      await this.inPages((manager) => this.users.deleteUnused(manager, before(unusedUsersKeptMs), pageSize));
    });
  }

  private async inPages(prune: Parameters<UnitOfWork['transaction']>[0]): Promise<void> {
    while (Number(await this.unitOfWork.transaction(prune)) === pageSize);
  }
}
