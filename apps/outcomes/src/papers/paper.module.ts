import { Module } from '@nestjs/common';
import { CodeModule } from '../codes/code.module.js';
import { LedgerModule } from '../ledger/ledger.module.js';
import { PaperController } from './paper.controller.js';
import { PaperRepository } from './paper.repository.js';
import { PaperService } from './paper.service.js';

@Module({
  imports: [LedgerModule, CodeModule],
  controllers: [PaperController],
  providers: [PaperRepository, PaperService],
  exports: [PaperService],
})
export class PaperModule {}
