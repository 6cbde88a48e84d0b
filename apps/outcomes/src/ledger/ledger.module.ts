import { Module } from '@nestjs/common';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { LedgerAccess } from './ledger-access.service.js';
import { LedgerJournal } from './ledger-journal.service.js';

@Module({
  imports: [StopProjectionModule],
  providers: [LedgerAccess, LedgerJournal],
  exports: [LedgerAccess, LedgerJournal],
})
export class LedgerModule {}
