import { Controller } from '@nestjs/common';
import { checkInDelegate, getAttendance, getBadge, type InputOf } from '#contracts';
import { Answers, type CallContext } from '#messaging';
import { CheckInRepository } from './check-in.repository.js';

@Controller()
export class CheckInController {
  constructor(private readonly door: CheckInRepository) {}

  @Answers(getBadge)
  badge(input: InputOf<typeof getBadge>, call: CallContext) {
    return this.door.badge(input, call.caller);
  }

  @Answers(checkInDelegate)
  checkIn(input: InputOf<typeof checkInDelegate>, call: CallContext) {
    return this.door.checkIn(input, call);
  }

  @Answers(getAttendance)
  attendance(input: InputOf<typeof getAttendance>, call: CallContext) {
    return this.door.attendance(input.stopId, call.caller);
  }
}
