import { Module } from '@nestjs/common';
import { CodeModule } from '../codes/code.module.js';
import { StopProjectionModule } from '../stops/stop-projection.module.js';
import { Announcer } from './announcer.service.js';
import { LedgerAccess } from './ledger-access.service.js';
import { LedgerJournal } from './ledger-journal.service.js';

@Module({
  imports: [StopProjectionModule, CodeModule],
  providers: [Announcer, LedgerAccess, LedgerJournal],
  exports: [Announcer, LedgerAccess, LedgerJournal],
})
export class LedgerModule {}
