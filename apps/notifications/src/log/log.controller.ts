import { Controller } from '@nestjs/common';
import { listEvents, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { LogService } from './log.service.js';

@Controller()
export class LogController {
  constructor(private readonly log: LogService) {}

  @RequestHandler(listEvents)
  list(input: InputOf<typeof listEvents>, call: CallContext) {
    return this.log.list(input, call.caller);
  }
}
