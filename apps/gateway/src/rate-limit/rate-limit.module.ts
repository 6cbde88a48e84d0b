import { Module } from '@nestjs/common';
import { RateLimiter } from './rate-limiter.js';
import { ReaderAddress } from './reader-address.js';

@Module({ providers: [RateLimiter, ReaderAddress], exports: [RateLimiter, ReaderAddress] })
export class RateLimitModule {}
