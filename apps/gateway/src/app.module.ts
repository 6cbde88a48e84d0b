import { Module, type Abstract, type DynamicModule } from '@nestjs/common';
import { Authenticator } from './auth/authenticator.js';
import { RequestGuard } from './server/request.guard.js';
import { ContactsInterceptor } from './server/contacts.interceptor.js';
import { OperationRouter } from './server/router.js';
import { ProjectionSync } from './server/projection-sync.js';
import { OperationRunner } from './server/operation-runner.js';
import { PublicHealth } from './health/public-health.js';
import { SystemReadiness } from './health/system-readiness.js';
import { Docs } from './openapi/docs.js';
import { PublicReadCache } from './public-reads/public-read-cache.js';
import { CacheFastPath } from './public-reads/cache-fast-path.js';
import { RateLimiter } from './rate-limit/rate-limiter.js';

/** What the process brings along: its settings, logger, health, and its connection to the broker. */
export type ProcessObject = { provide: symbol | Abstract<unknown>; useValue: unknown };

@Module({
  providers: [
    Authenticator,
    RateLimiter,
    RequestGuard,
    PublicReadCache,
    CacheFastPath,
    ProjectionSync,
    ContactsInterceptor,
    OperationRunner,
    SystemReadiness,
    PublicHealth,
    Docs,
    OperationRouter,
  ],
})
export class AppModule {
  static with(objects: ProcessObject[]): DynamicModule {
    const own = {
      module: ProcessObjects,
      global: true,
      providers: objects,
      exports: objects.map((one) => one.provide),
    };
    return { module: AppModule, imports: [own] };
  }
}

@Module({})
class ProcessObjects {}
