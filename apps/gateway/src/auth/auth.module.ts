import { Module } from '@nestjs/common';
import { ApiKeyCache } from './api-key-cache.js';
import { Authenticator } from './authenticator.js';
import { LastUsedRecorder } from './last-used-recorder.js';
import { RevocationPoller } from './revocation-poller.js';

@Module({
  providers: [
    { provide: ApiKeyCache, useFactory: () => new ApiKeyCache() },
    RevocationPoller,
    LastUsedRecorder,
    Authenticator,
  ],
  exports: [Authenticator],
})
export class AuthModule {}
