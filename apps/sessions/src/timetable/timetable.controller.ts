import { Controller } from '@nestjs/common';
import {
  getReleaseChanges,
  getSession,
  getTimetable,
  getTimetableCalendar,
  listSessionSeats,
  listTimetableReleases,
  releaseTimetable,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { ReleaseChangesService } from './release-changes.service.js';
import { SessionSeatsService } from './session-seats.service.js';
import { SessionViewService } from './session-view.service.js';
import { TimetableService } from './timetable.service.js';

@Controller()
export class TimetableController {
  constructor(
    private readonly timetables: TimetableService,
    private readonly sessions: SessionViewService,
    private readonly changes: ReleaseChangesService,
    private readonly seats: SessionSeatsService,
  ) {}

  @RequestHandler(releaseTimetable)
  release(input: InputOf<typeof releaseTimetable>, call: CallContext) {
    return this.timetables.release(call, input.stopId, input.body.note);
  }

  @RequestHandler(listTimetableReleases)
  list(input: InputOf<typeof listTimetableReleases>, call: CallContext) {
    return this.timetables.list(call.caller, input);
  }

  @RequestHandler(getTimetable)
  get(input: InputOf<typeof getTimetable>, call: CallContext) {
    return this.timetables.get(call.caller, input.stopId, input.release);
  }

  @RequestHandler(listSessionSeats)
  listSeats(input: InputOf<typeof listSessionSeats>, call: CallContext) {
    return this.seats.list(call.caller, input.stopId);
  }

  @RequestHandler(getReleaseChanges)
  listChanges(input: InputOf<typeof getReleaseChanges>) {
    return this.changes.list(input);
  }

  @RequestHandler(getSession)
  getSession(input: InputOf<typeof getSession>, call: CallContext) {
    return this.sessions.get(call.caller, input.id);
  }

  @RequestHandler(getTimetableCalendar)
  async getCalendar(input: InputOf<typeof getTimetableCalendar>, call: CallContext) {
    return { ics: await this.timetables.calendar(call.caller, input) };
  }
}
