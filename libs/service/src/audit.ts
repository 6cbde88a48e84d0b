import { Controller, type Type } from '@nestjs/common';
import { auditLists, type InputOf, type OutputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { UnitOfWork, readAudit } from '#persistence';

type List = (typeof auditLists)['stops'];

/** The controller that answers for one service's part of the audit. */
export function auditController(service: keyof typeof auditLists): Type {
  @Controller()
  class AuditController {
    constructor(private readonly unitOfWork: UnitOfWork) {}

    @RequestHandler(auditLists[service])
    list(input: InputOf<List>, call: CallContext): Promise<OutputOf<List>> {
      return readAudit(this.unitOfWork.dataSource, call.caller, input);
    }
  }
  return AuditController;
}
