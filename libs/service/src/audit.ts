import { Controller, type Type } from '@nestjs/common';
import {
  auditLists,
  type DatabaseServiceName,
  type InputOf,
  type ListAudit,
  type OutputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { UnitOfWork, readAudit } from '#persistence';

/** The controller that answers for one service's part of the audit. */
export function auditController(service: DatabaseServiceName): Type {
  @Controller()
  class AuditController {
    constructor(private readonly unitOfWork: UnitOfWork) {}

    @RequestHandler(auditLists[service])
    list(input: InputOf<ListAudit>, call: CallContext): Promise<OutputOf<ListAudit>> {
      return readAudit(this.unitOfWork, call.caller, input);
    }
  }
  return AuditController;
}
