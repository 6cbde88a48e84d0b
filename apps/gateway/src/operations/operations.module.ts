import { Module } from '@nestjs/common';
import { operations } from './operations.js';

/** The injection token of the table of operations. */
export const OPERATIONS = Symbol('operations');

/** The table of operations (ADR 7), for all that is made from it: routes, access checks, the OpenAPI document. */
@Module({
  providers: [{ provide: OPERATIONS, useValue: operations }],
  exports: [OPERATIONS],
})
export class OperationsModule {}
