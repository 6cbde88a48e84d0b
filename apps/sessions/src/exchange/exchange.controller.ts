import { Controller } from '@nestjs/common';
import { exportScheduleJson, exportScheduleXml, importSchedule, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { ExportRepository } from './export.repository.js';
import { scheduleXml } from './export-xml.js';
import { ImportRepository } from './import.repository.js';

@Controller()
export class ExchangeController {
  constructor(
    private readonly imports: ImportRepository,
    private readonly exports: ExportRepository,
  ) {}

  @RequestHandler(importSchedule)
  import(input: InputOf<typeof importSchedule>, call: CallContext) {
    return this.imports.import(call, input);
  }

  @RequestHandler(exportScheduleJson)
  async exportJson(input: InputOf<typeof exportScheduleJson>, call: CallContext) {
    return { text: JSON.stringify(await this.exports.schedule(call.caller, input)) };
  }

  @RequestHandler(exportScheduleXml)
  async exportXml(input: InputOf<typeof exportScheduleXml>, call: CallContext) {
    return { text: scheduleXml(await this.exports.schedule(call.caller, input)) };
  }
}
