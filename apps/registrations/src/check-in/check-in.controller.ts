import { Controller } from '@nestjs/common';
import { checkInDelegate, getAttendance, getBadge, getDoorList, undoCheckIn, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { StopProjectionService } from '../stops/stop-projection.service.js';
import { CheckInQueue } from './check-in.queue.js';
import { DoorListService } from './door-list.service.js';
import { DoorService } from './door.service.js';

@Controller()
export class CheckInController {
  constructor(
    private readonly stops: StopProjectionService,
    private readonly queue: CheckInQueue,
    private readonly door: DoorService,
    private readonly lists: DoorListService,
  ) {}

  @RequestHandler(checkInDelegate)
  async checkIn(input: InputOf<typeof checkInDelegate>, call: CallContext) {
    await this.stops.require(input.stopId);
    return this.queue.checkIn(input, call);
  }

  @RequestHandler(undoCheckIn)
  async undo(input: InputOf<typeof undoCheckIn>, call: CallContext) {
    await this.stops.require(input.stopId);
    return this.queue.undo(input, call);
  }

  @RequestHandler(getBadge)
  badge(input: InputOf<typeof getBadge>, call: CallContext) {
    return this.door.badge(input, call.caller);
  }

  @RequestHandler(getDoorList)
  doorList(input: InputOf<typeof getDoorList>, call: CallContext) {
    return this.lists.list(input, call.caller);
  }

  @RequestHandler(getAttendance)
  attendance(input: InputOf<typeof getAttendance>, call: CallContext) {
    return this.door.attendance(input, call.caller);
  }
}
