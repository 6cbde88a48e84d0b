import { Controller } from '@nestjs/common';
import {
  addRooms,
  cancelStop,
  completeStop,
  createStop,
  getStop,
  getStopState,
  listStops,
  publishStop,
  rescheduleStop,
  updateStop,
  type InputOf,
} from '#contracts';
import { Answers, type CallContext } from '#messaging';
import { StopReadsRepository } from './stop-reads.repository.js';
import { StopRepository } from './stop.repository.js';

@Controller()
export class StopController {
  constructor(
    private readonly stops: StopRepository,
    private readonly reads: StopReadsRepository,
  ) {}

  @Answers(createStop)
  create(input: InputOf<typeof createStop>, call: CallContext) {
    return this.stops.create(call, input.tourId, input.body);
  }

  @Answers(listStops)
  list(input: InputOf<typeof listStops>, call: CallContext) {
    return this.reads.list(call.caller, input);
  }

  @Answers(getStop)
  get(input: InputOf<typeof getStop>, call: CallContext) {
    return this.reads.get(call.caller, input.id);
  }

  @Answers(updateStop)
  update(input: InputOf<typeof updateStop>, call: CallContext) {
    return this.stops.update(call, input.id, input.body);
  }

  @Answers(publishStop)
  publish(input: InputOf<typeof publishStop>, call: CallContext) {
    return this.stops.publish(call, input.id);
  }

  @Answers(rescheduleStop)
  reschedule(input: InputOf<typeof rescheduleStop>, call: CallContext) {
    return this.stops.reschedule(call, input.id, input.body);
  }

  @Answers(cancelStop)
  cancel(input: InputOf<typeof cancelStop>, call: CallContext) {
    return this.stops.cancel(call, input.id, input.body.reason);
  }

  @Answers(completeStop)
  complete(input: InputOf<typeof completeStop>, call: CallContext) {
    return this.stops.complete(call, input.id);
  }

  @Answers(getStopState)
  async getState(input: InputOf<typeof getStopState>) {
    return { stop: await this.reads.findState(input.id) };
  }

  @Answers(addRooms)
  addRooms(input: InputOf<typeof addRooms>, call: CallContext) {
    return this.stops.addRooms(call, input.id, input.rooms);
  }
}
