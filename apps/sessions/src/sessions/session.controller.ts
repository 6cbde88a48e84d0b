import { Controller } from '@nestjs/common';
import {
  acceptSession,
  cancelSession,
  getRoomsInUse,
  getSession,
  getSessionState,
  listSessions,
  proposeSession,
  rejectSession,
  scheduleSession,
  unscheduleSession,
  updateSession,
  withdrawSession,
  type InputOf,
} from '#contracts';
import { Answers, type CallContext } from '#messaging';
import { SessionRepository } from './session.repository.js';
import { SessionReadRepository } from './session-read.repository.js';

@Controller()
export class SessionController {
  constructor(
    private readonly sessions: SessionRepository,
    private readonly reads: SessionReadRepository,
  ) {}

  @Answers(proposeSession)
  propose(input: InputOf<typeof proposeSession>, call: CallContext) {
    return this.sessions.propose(call, input.stopId, input.body);
  }

  @Answers(listSessions)
  list(input: InputOf<typeof listSessions>, call: CallContext) {
    return this.reads.list(call.caller, input);
  }

  @Answers(getSession)
  get(input: InputOf<typeof getSession>, call: CallContext) {
    return this.reads.get(call.caller, input.id);
  }

  @Answers(updateSession)
  update(input: InputOf<typeof updateSession>, call: CallContext) {
    return this.sessions.update(call, input.id, input.body);
  }

  @Answers(acceptSession)
  accept(input: InputOf<typeof acceptSession>, call: CallContext) {
    return this.sessions.move(call, input.id, 'accept', input.body.reason);
  }

  @Answers(rejectSession)
  reject(input: InputOf<typeof rejectSession>, call: CallContext) {
    return this.sessions.move(call, input.id, 'reject', input.body.reason);
  }

  @Answers(withdrawSession)
  withdraw(input: InputOf<typeof withdrawSession>, call: CallContext) {
    return this.sessions.move(call, input.id, 'withdraw', input.body.reason);
  }

  @Answers(unscheduleSession)
  unschedule(input: InputOf<typeof unscheduleSession>, call: CallContext) {
    return this.sessions.move(call, input.id, 'unschedule', input.body.reason);
  }

  @Answers(cancelSession)
  cancel(input: InputOf<typeof cancelSession>, call: CallContext) {
    return this.sessions.move(call, input.id, 'cancel', input.body.reason);
  }

  @Answers(scheduleSession)
  schedule(input: InputOf<typeof scheduleSession>, call: CallContext) {
    return this.sessions.schedule(call, input.id, input.body);
  }

  @Answers(getSessionState)
  async getState(input: InputOf<typeof getSessionState>) {
    return { session: await this.reads.findState(input.id) };
  }

  @Answers(getRoomsInUse)
  async getRoomsInUse(input: InputOf<typeof getRoomsInUse>) {
    return { roomIds: await this.reads.findRoomsInUse(input.stopId) };
  }
}
