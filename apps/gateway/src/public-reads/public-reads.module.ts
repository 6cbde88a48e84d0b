import { Module } from '@nestjs/common';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { CacheFastPath } from './cache-fast-path.js';
import { EventFreshness } from './event-freshness.js';
import { PublicReadCache } from './public-read-cache.js';

@Module({
  imports: [RateLimitModule],
  providers: [EventFreshness, PublicReadCache, CacheFastPath],
  exports: [PublicReadCache, CacheFastPath],
})
export class PublicReadsModule {}
