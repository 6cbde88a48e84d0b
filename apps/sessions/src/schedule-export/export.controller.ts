import { Controller } from '@nestjs/common';
import { exportScheduleJson, exportScheduleXml, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { ExportService } from './export.service.js';
import { scheduleJson } from './export-schedule.js';
import { scheduleXml } from './export-xml.js';

@Controller()
export class ExportController {
  constructor(private readonly exports: ExportService) {}

  @RequestHandler(exportScheduleJson)
  async exportJson(input: InputOf<typeof exportScheduleJson>, call: CallContext) {
    return { text: scheduleJson(await this.exports.schedule(call.caller, input)) };
  }

  @RequestHandler(exportScheduleXml)
  async exportXml(input: InputOf<typeof exportScheduleXml>, call: CallContext) {
    return { text: scheduleXml(await this.exports.schedule(call.caller, input)) };
  }
}
