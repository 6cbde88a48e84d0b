import { Controller } from '@nestjs/common';
import {
  addFollowUpStep,
  confirmFollowUpStep,
  createFollowUp,
  exportFollowUps,
  getFollowUp,
  listFollowUps,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { FollowUpService } from './follow-up.service.js';

@Controller()
export class FollowUpController {
  constructor(private readonly followUps: FollowUpService) {}

  @RequestHandler(createFollowUp)
  create({ body }: InputOf<typeof createFollowUp>, call: CallContext) {
    return this.followUps.create(call, body);
  }

  @RequestHandler(listFollowUps)
  list(input: InputOf<typeof listFollowUps>, call: CallContext) {
    return this.followUps.list(call.caller, input);
  }

  @RequestHandler(getFollowUp)
  get({ id }: InputOf<typeof getFollowUp>, call: CallContext) {
    return this.followUps.get(call.caller, id);
  }

  @RequestHandler(addFollowUpStep)
  addStep({ id, body }: InputOf<typeof addFollowUpStep>, call: CallContext) {
    return this.followUps.addStep(call, id, body);
  }

  @RequestHandler(confirmFollowUpStep)
  confirm({ id, n }: InputOf<typeof confirmFollowUpStep>, call: CallContext) {
    return this.followUps.confirm(call, id, n);
  }

  @RequestHandler(exportFollowUps)
  export(input: InputOf<typeof exportFollowUps>, call: CallContext) {
    return this.followUps.export(call.caller, input);
  }
}
