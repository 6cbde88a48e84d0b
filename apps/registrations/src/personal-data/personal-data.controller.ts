import { Controller } from '@nestjs/common';
import { exportRegistrations, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { HeldRegistrations } from './held-registrations.repository.js';

@Controller()
export class PersonalDataController {
  constructor(private readonly held: HeldRegistrations) {}

  @RequestHandler(exportRegistrations)
  export(input: InputOf<typeof exportRegistrations>, call: CallContext) {
    return this.held.page(input, call.caller);
  }
}
