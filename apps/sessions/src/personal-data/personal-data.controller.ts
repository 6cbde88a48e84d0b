import { Controller } from '@nestjs/common';
import { exportSessions, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { PersonalDataExport } from './personal-data-export.service.js';

@Controller()
export class PersonalDataController {
  constructor(private readonly exported: PersonalDataExport) {}

  @RequestHandler(exportSessions)
  export(input: InputOf<typeof exportSessions>, call: CallContext) {
    return this.exported.list(input, call.caller);
  }
}
