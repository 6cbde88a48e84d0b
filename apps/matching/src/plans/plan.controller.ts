import { Controller } from '@nestjs/common';
import {
  acceptPlan,
  cancelPlan,
  getPlan,
  listMeetingPlans,
  rejectPlan,
  startMeetingPlan,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { PlanAcceptance } from './plan-acceptance.service.js';
import { PlanService } from './plan.service.js';

@Controller()
export class PlanController {
  constructor(
    private readonly plans: PlanService,
    private readonly acceptance: PlanAcceptance,
  ) {}

  @RequestHandler(startMeetingPlan)
  start(input: InputOf<typeof startMeetingPlan>, call: CallContext) {
    return this.plans.start(call, input);
  }

  @RequestHandler(listMeetingPlans)
  list(input: InputOf<typeof listMeetingPlans>, call: CallContext) {
    return this.plans.list(call.caller, input);
  }

  @RequestHandler(getPlan)
  get({ id }: InputOf<typeof getPlan>, call: CallContext) {
    return this.plans.get(call.caller, id);
  }

  @RequestHandler(acceptPlan)
  accept({ id, body }: InputOf<typeof acceptPlan>, call: CallContext) {
    return this.acceptance.accept(call, id, body.items);
  }

  @RequestHandler(rejectPlan)
  reject({ id }: InputOf<typeof rejectPlan>, call: CallContext) {
    return this.plans.end(call, id, 'reject');
  }

  @RequestHandler(cancelPlan)
  cancel({ id }: InputOf<typeof cancelPlan>, call: CallContext) {
    return this.plans.end(call, id, 'cancel');
  }
}
