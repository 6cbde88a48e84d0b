import { Controller } from '@nestjs/common';
import { exportRegistrations, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { PersonalDataExport } from './personal-data-export.service.js';

@Controller()
export class PersonalDataController {
  constructor(private readonly exported: PersonalDataExport) {}

  @RequestHandler(exportRegistrations)
  export(input: InputOf<typeof exportRegistrations>, call: CallContext) {
    return this.exported.list(input, call.caller);
  }
}
