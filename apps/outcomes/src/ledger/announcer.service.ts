import { Injectable } from '@nestjs/common';
import type { TransactionContext } from '#persistence';
import { CodeDerivation } from '../codes/code-derivation.service.js';
import { CodeRepository } from '../codes/code.repository.js';
import { LedgerJournal } from './ledger-journal.service.js';

type Announced = Parameters<LedgerJournal['announce']>[1] & { readonly kind: 'case' | 'paper' };

/** Announces an entry that has a code of its own, in the transaction of the change. */
@Injectable()
export class Announcer {
  constructor(
    private readonly codes: CodeRepository,
    private readonly derivation: CodeDerivation,
    private readonly journal: LedgerJournal,
  ) {}

  codeOf({ kind, id }: Pick<Announced, 'kind' | 'id'>): string {
    return this.derivation.codeOf(kind, id);
  }

  async announce(tx: TransactionContext, announced: Announced): Promise<void> {
    const { kind, id } = announced;
    await this.codes.insert(tx.manager, kind, [{ id, hash: this.derivation.hashOf(this.codeOf(announced)) }]);
    this.journal.announce(tx, announced);
  }
}
