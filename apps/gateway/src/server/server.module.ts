import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { HealthModule } from '../health/health.module.js';
import { OpenApiModule } from '../openapi/openapi.module.js';
import { OperationsModule } from '../operations/operations.module.js';
import { PagesModule } from '../pages/pages.module.js';
import { PublicReadsModule } from '../public-reads/public-reads.module.js';
import { RateLimitModule } from '../rate-limit/rate-limit.module.js';
import { EventStreamHandler } from './event-stream.handler.js';
import { EventStreamModule } from '../event-stream/event-stream.module.js';
import { ContactsInterceptor } from './contacts.interceptor.js';
import { OperationRunner } from './operation-runner.js';
import { ProblemFilter } from './problem.filter.js';
import { ProjectionSync } from './projection-sync.js';
import { RequestGuard } from './request.guard.js';
import { OperationRouter } from './router.js';

/** What a request passes through: router, guard, pipe, runner, interceptors, filter. */
@Module({
  imports: [
    AuthModule,
    RateLimitModule,
    OperationsModule,
    PublicReadsModule,
    EventStreamModule,
    OpenApiModule,
    HealthModule,
    PagesModule,
  ],
  providers: [
    RequestGuard,
    ProjectionSync,
    ContactsInterceptor,
    ProblemFilter,
    OperationRunner,
    EventStreamHandler,
    OperationRouter,
  ],
  exports: [OperationRouter],
})
export class ServerModule {}
