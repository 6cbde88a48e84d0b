import { Controller } from '@nestjs/common';
import {
  acceptSession,
  cancelSession,
  getRoomsInUse,
  getSessionState,
  listBlockedTimes,
  listSessions,
  proposeSession,
  rejectSession,
  scheduleSession,
  swapSessions,
  unscheduleSession,
  updateSession,
  withdrawSession,
  type InputOf,
} from '#contracts';
import { RequestHandler, type CallContext } from '#messaging';
import { SessionService } from './session.service.js';
import { SessionQueryService } from './session-query.service.js';
import { SessionSwapService } from './session-swap.service.js';

@Controller()
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly swaps: SessionSwapService,
    private readonly queries: SessionQueryService,
  ) {}

  @RequestHandler(proposeSession)
  propose(input: InputOf<typeof proposeSession>, call: CallContext) {
    return this.sessions.propose(call, input.stopId, input.body);
  }

  @RequestHandler(listSessions)
  list(input: InputOf<typeof listSessions>, call: CallContext) {
    return this.queries.list(call.caller, input);
  }

  @RequestHandler(updateSession)
  update(input: InputOf<typeof updateSession>, call: CallContext) {
    return this.sessions.update(call, input.id, input.body);
  }

  @RequestHandler(acceptSession)
  accept(input: InputOf<typeof acceptSession>, call: CallContext) {
    return this.sessions.move(call, input.id, 'accept', input.body.reason);
  }

  @RequestHandler(rejectSession)
  reject(input: InputOf<typeof rejectSession>, call: CallContext) {
    return this.sessions.move(call, input.id, 'reject', input.body.reason);
  }

  @RequestHandler(withdrawSession)
  withdraw(input: InputOf<typeof withdrawSession>, call: CallContext) {
    return this.sessions.move(call, input.id, 'withdraw', input.body.reason);
  }

  @RequestHandler(unscheduleSession)
  unschedule(input: InputOf<typeof unscheduleSession>, call: CallContext) {
    return this.sessions.move(call, input.id, 'unschedule', input.body.reason);
  }

  @RequestHandler(cancelSession)
  cancel(input: InputOf<typeof cancelSession>, call: CallContext) {
    return this.sessions.move(call, input.id, 'cancel', input.body.reason);
  }

  @RequestHandler(scheduleSession)
  schedule(input: InputOf<typeof scheduleSession>, call: CallContext) {
    return this.sessions.schedule(call, input.id, input.body);
  }

  @RequestHandler(swapSessions)
  swap(input: InputOf<typeof swapSessions>, call: CallContext) {
    return this.swaps.swap(call, input.id, input.body.withId);
  }

  @RequestHandler(listBlockedTimes)
  listBlockedTimes(input: InputOf<typeof listBlockedTimes>, call: CallContext) {
    return this.queries.listBlockedTimes(call.caller, input);
  }

  @RequestHandler(getSessionState)
  async getState(input: InputOf<typeof getSessionState>) {
    return { session: await this.queries.findState(input.id) };
  }

  @RequestHandler(getRoomsInUse)
  async getRoomsInUse(input: InputOf<typeof getRoomsInUse>) {
    return { roomIds: await this.queries.findRoomsInUse(input.stopId) };
  }
}
