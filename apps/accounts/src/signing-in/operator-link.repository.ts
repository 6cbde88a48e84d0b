import { Injectable } from '@nestjs/common';
import type { Transaction } from '#persistence';
import { OperatorLinkEntity } from './sign-in-code.entity.js';

/** The rows of links that the operator makes. */
@Injectable()
export class OperatorLinkRepository {
  lock(manager: Transaction, linkHash: string): Promise<OperatorLinkEntity | null> {
    return manager.findOne(OperatorLinkEntity, { where: { linkHash }, lock: { mode: 'pessimistic_write' } });
  }

  async markUsed(manager: Transaction, linkHash: string, now: Date): Promise<void> {
    await manager.update(OperatorLinkEntity, { linkHash }, { usedAt: now });
  }
}
