import { Controller } from '@nestjs/common';
import { exportRegistrationsCsv, exportRegistrationsXlsx, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { ExportService } from './export.service.js';

@Controller()
export class ExportController {
  constructor(private readonly exports: ExportService) {}

  @RequestHandler(exportRegistrationsCsv)
  csv(input: InputOf<typeof exportRegistrationsCsv>, call: CallContext) {
    return this.exports.export('csv', input, call.caller);
  }

  @RequestHandler(exportRegistrationsXlsx)
  xlsx(input: InputOf<typeof exportRegistrationsXlsx>, call: CallContext) {
    return this.exports.export('xlsx', input, call.caller);
  }
}
