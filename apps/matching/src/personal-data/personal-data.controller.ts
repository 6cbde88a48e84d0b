import { Controller } from '@nestjs/common';
import { exportListings, exportMeetings, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { PersonalDataExport } from './personal-data-export.service.js';

@Controller()
export class PersonalDataController {
  constructor(private readonly exported: PersonalDataExport) {}

  @RequestHandler(exportListings)
  listings(input: InputOf<typeof exportListings>, call: CallContext) {
    return this.exported.listings(input, call.caller);
  }

  @RequestHandler(exportMeetings)
  meetings(input: InputOf<typeof exportMeetings>, call: CallContext) {
    return this.exported.meetings(input, call.caller);
  }
}
