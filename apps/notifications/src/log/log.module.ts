import { Module } from '@nestjs/common';
import { FeedRepository } from './feed.repository.js';
import { FeedService } from './feed.service.js';
import { FeedSignals } from './feed-signals.service.js';
import { LogController } from './log.controller.js';
import { LogRepository } from './log.repository.js';
import { LogService } from './log.service.js';
import { PruneJob } from './prune-job.service.js';

@Module({
  controllers: [LogController],
  providers: [LogRepository, LogService, FeedRepository, FeedService, FeedSignals, PruneJob],
  exports: [LogRepository, FeedSignals],
})
export class LogModule {}
