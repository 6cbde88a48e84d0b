import { Controller } from '@nestjs/common';
import {
  createDoorPass,
  deleteDoorPass,
  listDoorPasses,
  stopChanged,
  type EventOf,
  type InputOf,
} from '#contracts';
import { EventHandler, RequestHandler, type CallContext } from '#messaging';
import { DoorPassService } from './door-pass.service.js';

@Controller()
export class DoorPassController {
  constructor(private readonly passes: DoorPassService) {}

  @RequestHandler(createDoorPass)
  create(input: InputOf<typeof createDoorPass>, call: CallContext) {
    return this.passes.create(call, input);
  }

  @RequestHandler(listDoorPasses)
  list(input: InputOf<typeof listDoorPasses>, call: CallContext) {
    return this.passes.list(call, input);
  }

  @RequestHandler(deleteDoorPass)
  delete(input: InputOf<typeof deleteDoorPass>, call: CallContext) {
    return this.passes.delete(call, input.stopId, input.id);
  }

  @EventHandler(stopChanged)
  followStop(event: EventOf<typeof stopChanged>): Promise<void> {
    return this.passes.followStop(event);
  }
}
