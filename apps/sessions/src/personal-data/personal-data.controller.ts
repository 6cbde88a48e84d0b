import { Controller } from '@nestjs/common';
import { exportSessions, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { HeldSessions } from './held-sessions.repository.js';

@Controller()
export class PersonalDataController {
  constructor(private readonly held: HeldSessions) {}

  @RequestHandler(exportSessions)
  export(input: InputOf<typeof exportSessions>, call: CallContext) {
    return this.held.page(input, call.caller);
  }
}
