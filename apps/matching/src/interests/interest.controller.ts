import { Controller } from '@nestjs/common';
import { listInterests, removeInterest, setInterest, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { InterestService } from './interest.service.js';

@Controller()
export class InterestController {
  constructor(private readonly interests: InterestService) {}

  @RequestHandler(setInterest)
  set(input: InputOf<typeof setInterest>, call: CallContext) {
    return this.interests.set(call, input);
  }

  @RequestHandler(removeInterest)
  remove(input: InputOf<typeof removeInterest>, call: CallContext) {
    return this.interests.remove(call, input);
  }

  @RequestHandler(listInterests)
  list(input: InputOf<typeof listInterests>, call: CallContext) {
    return this.interests.list(call, input);
  }
}
