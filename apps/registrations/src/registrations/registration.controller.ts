import { Controller } from '@nestjs/common';
import {
  addDelegate,
  approveRegistration,
  cancelRegistration,
  declineRegistration,
  eraseDelegate,
  getAvailability,
  getRegistration,
  listRegistrations,
  registerDelegation,
  reissueBadge,
  removeDelegate,
  substituteDelegate,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { RegistrationQueryService } from './registration-query.service.js';
import { RegistrationService } from './registration.service.js';

@Controller()
export class RegistrationController {
  constructor(
    private readonly service: RegistrationService,
    private readonly queries: RegistrationQueryService,
  ) {}

  @RequestHandler(registerDelegation)
  register(input: InputOf<typeof registerDelegation>, call: CallContext) {
    return this.service.register(input, call);
  }

  @RequestHandler(listRegistrations)
  list(input: InputOf<typeof listRegistrations>, call: CallContext) {
    return this.queries.list(input, call.caller);
  }

  @RequestHandler(getRegistration)
  get(input: InputOf<typeof getRegistration>, call: CallContext) {
    return this.queries.get(input.id, call.caller);
  }

  @RequestHandler(cancelRegistration)
  cancel(input: InputOf<typeof cancelRegistration>, call: CallContext) {
    return this.service.changeStatus('cancel', input.id, call, input.body.reason);
  }

  @RequestHandler(approveRegistration)
  approve(input: InputOf<typeof approveRegistration>, call: CallContext) {
    return this.service.changeStatus('approve', input.id, call);
  }

  @RequestHandler(declineRegistration)
  decline(input: InputOf<typeof declineRegistration>, call: CallContext) {
    return this.service.changeStatus('decline', input.id, call, input.body.reason);
  }

  @RequestHandler(addDelegate)
  add(input: InputOf<typeof addDelegate>, call: CallContext) {
    return this.service.add(input.id, input.body, call);
  }

  @RequestHandler(substituteDelegate)
  substitute(input: InputOf<typeof substituteDelegate>, call: CallContext) {
    return this.service.substitute(input, call);
  }

  @RequestHandler(removeDelegate)
  remove(input: InputOf<typeof removeDelegate>, call: CallContext) {
    return this.service.remove(input.id, input.delegateId, call);
  }

  @RequestHandler(reissueBadge)
  reissueBadge(input: InputOf<typeof reissueBadge>, call: CallContext) {
    return this.service.reissueBadge(input.id, input.delegateId, call);
  }

  @RequestHandler(eraseDelegate)
  erase(input: InputOf<typeof eraseDelegate>, call: CallContext) {
    return this.service.erase(input.id, input.delegateId, call);
  }

  @RequestHandler(getAvailability)
  availability(input: InputOf<typeof getAvailability>, call: CallContext) {
    return this.queries.availability(input.stopId, call.caller);
  }
}
