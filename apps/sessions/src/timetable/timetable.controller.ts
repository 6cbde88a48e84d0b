import { Controller } from '@nestjs/common';
import {
  getTimetable,
  getTimetableCalendar,
  listTimetableReleases,
  releaseTimetable,
  type InputOf,
} from '#contracts';
import { Answers, type CallContext } from '#messaging';
import { TimetableRepository } from './timetable.repository.js';

@Controller()
export class TimetableController {
  constructor(private readonly timetables: TimetableRepository) {}

  @Answers(releaseTimetable)
  release(input: InputOf<typeof releaseTimetable>, call: CallContext) {
    return this.timetables.release(call, input.stopId, input.body.note);
  }

  @Answers(listTimetableReleases)
  list(input: InputOf<typeof listTimetableReleases>, call: CallContext) {
    return this.timetables.list(call.caller, input);
  }

  @Answers(getTimetable)
  get(input: InputOf<typeof getTimetable>, call: CallContext) {
    return this.timetables.get(call.caller, input.stopId, input.release);
  }

  @Answers(getTimetableCalendar)
  async getCalendar(input: InputOf<typeof getTimetableCalendar>, call: CallContext) {
    return { ics: await this.timetables.calendar(call.caller, input) };
  }
}
