import { Controller } from '@nestjs/common';
import {
  exportListingsCsv,
  exportListingsXlsx,
  exportMeetingsCsv,
  exportMeetingsXlsx,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { MatchingExportService } from './export.service.js';

@Controller()
export class MatchingExportController {
  constructor(private readonly exports: MatchingExportService) {}

  @RequestHandler(exportListingsCsv)
  listingsCsv(input: InputOf<typeof exportListingsCsv>, call: CallContext) {
    return this.exports.listings('csv', input, call);
  }

  @RequestHandler(exportListingsXlsx)
  listingsXlsx(input: InputOf<typeof exportListingsXlsx>, call: CallContext) {
    return this.exports.listings('xlsx', input, call);
  }

  @RequestHandler(exportMeetingsCsv)
  meetingsCsv(input: InputOf<typeof exportMeetingsCsv>, call: CallContext) {
    return this.exports.meetings('csv', input, call.caller);
  }

  @RequestHandler(exportMeetingsXlsx)
  meetingsXlsx(input: InputOf<typeof exportMeetingsXlsx>, call: CallContext) {
    return this.exports.meetings('xlsx', input, call.caller);
  }
}
