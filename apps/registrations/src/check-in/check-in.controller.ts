import { Controller } from '@nestjs/common';
import { checkInDelegate, getAttendance, getBadge, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { CheckInRepository } from './check-in.repository.js';

@Controller()
export class CheckInController {
  constructor(private readonly door: CheckInRepository) {}

  @RequestHandler(getBadge)
  badge(input: InputOf<typeof getBadge>, call: CallContext) {
    return this.door.badge(input, call.caller);
  }

  @RequestHandler(checkInDelegate)
  checkIn(input: InputOf<typeof checkInDelegate>, call: CallContext) {
    return this.door.checkIn(input, call);
  }

  @RequestHandler(getAttendance)
  attendance(input: InputOf<typeof getAttendance>, call: CallContext) {
    return this.door.attendance(input.stopId, call.caller);
  }
}
