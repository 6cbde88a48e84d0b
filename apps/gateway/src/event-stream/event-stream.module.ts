import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { EventStreams } from './event-streams.service.js';
import { FeedHub } from './feed-hub.service.js';
import { StreamCountsSync } from './stream-counts-sync.service.js';

@Module({
  imports: [AuthModule],
  providers: [EventStreams, FeedHub, StreamCountsSync],
  exports: [EventStreams],
})
export class EventStreamModule {}
