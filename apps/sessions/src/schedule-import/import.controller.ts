import { Controller } from '@nestjs/common';
import { importSchedule, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { ImportService } from './import.service.js';

@Controller()
export class ImportController {
  constructor(private readonly imports: ImportService) {}

  @RequestHandler(importSchedule)
  import(input: InputOf<typeof importSchedule>, call: CallContext) {
    return this.imports.import(call, input);
  }
}
