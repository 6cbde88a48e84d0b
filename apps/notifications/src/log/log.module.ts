import { Module } from '@nestjs/common';
import { LogController } from './log.controller.js';
import { LogRepository } from './log.repository.js';
import { LogService } from './log.service.js';
import { PruneJob } from './prune-job.service.js';

@Module({
  controllers: [LogController],
  providers: [LogRepository, LogService, PruneJob],
  exports: [LogRepository],
})
export class LogModule {}
