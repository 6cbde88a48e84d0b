import { Controller } from '@nestjs/common';
import {
  exportMeetingOutcomes,
  getMeetingOutcome,
  hasMeetingOutcome,
  setMeetingOutcome,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { MeetingOutcomeService } from './meeting-outcome.service.js';

@Controller()
export class MeetingOutcomeController {
  constructor(private readonly outcomes: MeetingOutcomeService) {}

  @RequestHandler(setMeetingOutcome)
  set({ id, body }: InputOf<typeof setMeetingOutcome>, call: CallContext) {
    return this.outcomes.set(call, id, body);
  }

  @RequestHandler(getMeetingOutcome)
  get({ id }: InputOf<typeof getMeetingOutcome>, call: CallContext) {
    return this.outcomes.get(call.caller, id);
  }

  @RequestHandler(hasMeetingOutcome)
  has({ id }: InputOf<typeof hasMeetingOutcome>) {
    return this.outcomes.has(id);
  }

  @RequestHandler(exportMeetingOutcomes)
  export(input: InputOf<typeof exportMeetingOutcomes>, call: CallContext) {
    return this.outcomes.export(call.caller, input);
  }
}
