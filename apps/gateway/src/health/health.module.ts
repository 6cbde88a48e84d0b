import { Module } from '@nestjs/common';
import { HealthRoutes } from './health.routes.js';
import { SystemReadiness } from './system-readiness.js';

@Module({ providers: [SystemReadiness, HealthRoutes], exports: [HealthRoutes] })
export class HealthModule {}
