import { Controller } from '@nestjs/common';
import { exportScheduleJson, exportScheduleXml, importSchedule, type InputOf } from '#contracts';
import { Answers, type CallContext } from '#messaging';
import { ExportRepository } from './export.repository.js';
import { scheduleXml } from './export-xml.js';
import { ImportRepository } from './import.repository.js';

@Controller()
export class ExchangeController {
  constructor(
    private readonly imports: ImportRepository,
    private readonly exports: ExportRepository,
  ) {}

  @Answers(importSchedule)
  import(input: InputOf<typeof importSchedule>, call: CallContext) {
    return this.imports.import(call, input);
  }

  @Answers(exportScheduleJson)
  async exportJson(input: InputOf<typeof exportScheduleJson>, call: CallContext) {
    return { text: JSON.stringify(await this.exports.schedule(call.caller, input)) };
  }

  @Answers(exportScheduleXml)
  async exportXml(input: InputOf<typeof exportScheduleXml>, call: CallContext) {
    return { text: scheduleXml(await this.exports.schedule(call.caller, input)) };
  }
}
