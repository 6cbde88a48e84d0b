import { Controller } from '@nestjs/common';
import {
  addRooms,
  cancelStop,
  completeStop,
  createStop,
  deleteStop,
  getStop,
  getStopState,
  listStops,
  publishStop,
  rescheduleStop,
  updateStop,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { StopReader } from './stop-reader.service.js';
import { StopService } from './stop.service.js';

@Controller()
export class StopController {
  constructor(
    private readonly stops: StopService,
    private readonly reader: StopReader,
  ) {}

  @RequestHandler(createStop)
  create(input: InputOf<typeof createStop>, call: CallContext) {
    return this.stops.create(call, input.tourId, input.body);
  }

  @RequestHandler(listStops)
  list(input: InputOf<typeof listStops>, call: CallContext) {
    return this.reader.list(call.caller, input);
  }

  @RequestHandler(getStop)
  get(input: InputOf<typeof getStop>, call: CallContext) {
    return this.reader.get(call.caller, input.id);
  }

  @RequestHandler(updateStop)
  update(input: InputOf<typeof updateStop>, call: CallContext) {
    return this.stops.update(call, input.id, input.body);
  }

  @RequestHandler(publishStop)
  publish(input: InputOf<typeof publishStop>, call: CallContext) {
    return this.stops.publish(call, input.id);
  }

  @RequestHandler(rescheduleStop)
  reschedule(input: InputOf<typeof rescheduleStop>, call: CallContext) {
    return this.stops.reschedule(call, input.id, input.body);
  }

  @RequestHandler(cancelStop)
  cancel(input: InputOf<typeof cancelStop>, call: CallContext) {
    return this.stops.cancel(call, input.id, input.body.reason);
  }

  @RequestHandler(completeStop)
  complete(input: InputOf<typeof completeStop>, call: CallContext) {
    return this.stops.complete(call, input.id, input.body.early ?? false);
  }

  @RequestHandler(deleteStop)
  delete(input: InputOf<typeof deleteStop>, call: CallContext) {
    return this.stops.delete(call, input.id);
  }

  @RequestHandler(getStopState)
  async getState(input: InputOf<typeof getStopState>) {
    return { stop: await this.reader.findState(input.id) };
  }

  @RequestHandler(addRooms)
  addRooms(input: InputOf<typeof addRooms>, call: CallContext) {
    return this.stops.addRooms(call, input.id, input.rooms);
  }
}
