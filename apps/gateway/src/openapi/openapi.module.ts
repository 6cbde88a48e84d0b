import { Module } from '@nestjs/common';
import { OperationsModule } from '../operations/operations.module.js';
import { DocsRoutes } from './docs.routes.js';

@Module({ imports: [OperationsModule], providers: [DocsRoutes], exports: [DocsRoutes] })
export class OpenApiModule {}
