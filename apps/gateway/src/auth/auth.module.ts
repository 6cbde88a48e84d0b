import { Module } from '@nestjs/common';
import { CONFIG } from '#service';
import { publicUrlOf, type GatewayConfig } from '../config.js';
import { ApiKeyCache, SignInCache } from './api-key-cache.js';
import { Authenticator } from './authenticator.js';
import { LastUsedRecorder } from './last-used-recorder.js';
import { RevocationPoller } from './revocation-poller.js';
import { SignInCookies } from './sign-in-cookies.js';
import { TokenUsers } from './token-users.js';

@Module({
  providers: [
    { provide: ApiKeyCache, useFactory: () => new ApiKeyCache() },
    { provide: SignInCache, useFactory: () => new SignInCache() },
    {
      provide: SignInCookies,
      useFactory: (config: GatewayConfig) => new SignInCookies(publicUrlOf(config)),
      inject: [CONFIG],
    },
    RevocationPoller,
    LastUsedRecorder,
    TokenUsers,
    Authenticator,
  ],
  exports: [Authenticator, SignInCookies],
})
export class AuthModule {}
