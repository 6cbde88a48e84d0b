import { Controller } from '@nestjs/common';
import { actAs, ensureTokenUser, getMe, updateMe, type InputOf } from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { MeService } from './me.service.js';

@Controller()
export class MeController {
  constructor(private readonly me: MeService) {}

  @RequestHandler(getMe)
  get(_input: InputOf<typeof getMe>, call: CallContext) {
    return this.me.get(call.caller, call.requestId);
  }

  @RequestHandler(updateMe)
  update(input: InputOf<typeof updateMe>, call: CallContext) {
    return this.me.update(call, input.body);
  }

  @RequestHandler(ensureTokenUser)
  async ensureTokenUser(input: InputOf<typeof ensureTokenUser>, call: CallContext) {
    return { userId: await this.me.ensureTokenUser(call, input) };
  }

  @RequestHandler(actAs)
  actAs(input: InputOf<typeof actAs>, call: CallContext) {
    return this.me.actAs(call, input.body.membershipId);
  }
}
