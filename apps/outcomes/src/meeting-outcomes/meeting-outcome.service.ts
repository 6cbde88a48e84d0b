import { Injectable } from '@nestjs/common';
import {
  Problem,
  formatInstant,
  meetingOutcomeChanged,
  notFound,
  callingCompany,
  type Caller,
  type InputOf,
  type MeetingOutcome,
  type OutputOf,
  type exportMeetingOutcomes,
  type getMeetingOutcome,
  type setMeetingOutcome,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, cutPage, decodeIdCursor } from '#persistence';
import { MeetingProjectionRepository } from '../meetings/meeting-projection.repository.js';
import { MeetingProjectionService } from '../meetings/meeting-projection.service.js';
import { outcomeState, refuseNotHeld, shownOutcome } from './meeting-outcome.js';
import { MeetingOutcomeRepository } from './meeting-outcome.repository.js';

type Given = InputOf<typeof setMeetingOutcome>['body'];

/** What each side says of a meeting that was held. */
@Injectable()
export class MeetingOutcomeService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly database: Database,
    private readonly meetings: MeetingProjectionService,
    private readonly meetingRows: MeetingProjectionRepository,
    private readonly outcomes: MeetingOutcomeRepository,
  ) {}

  async set(call: CallContext, id: string, given: Given): Promise<MeetingOutcome> {
    const { meeting, side } = await this.meetings.getFor(call.caller, id);
    if (side === 'organizer')
      throw new Problem('auth.forbidden', 'Only the two companies can record an outcome.');
    const outcome = {
      meetingId: id,
      side,
      companyId: callingCompany(call.caller),
      useful: given.useful,
      next: given.next,
      note: given.note ?? null,
      at: formatInstant(new Date()),
    };
    return this.unitOfWork.run(call, async (tx) => {
      const present = await this.meetingRows.lock(tx.manager, id);
      if (present === null) throw notFound('meeting');
      refuseNotHeld(present.status);
      const before = await this.outcomes.listOfMeeting(tx.manager, id);
      await this.outcomes.upsert(tx.manager, outcome);
      const after = await this.outcomes.listOfMeeting(tx.manager, id);
      tx.emit(meetingOutcomeChanged, id, outcomeState(meeting, after));
      tx.audit({
        resourceType: 'meeting',
        resourceId: id,
        action: 'meeting.outcome',
        organizationId: meeting.organizationId,
        before: outcomeState(meeting, before),
        after: outcomeState(meeting, after),
      });
      return shownOutcome(outcome);
    });
  }

  async get(caller: Caller, id: string): Promise<OutputOf<typeof getMeetingOutcome>> {
    const { side } = await this.meetings.getFor(caller, id);
    const said = await this.outcomes.listOfMeeting(this.database, id);
    const of = (of: 'asker' | 'asked') => {
      const found = said.find((one) => one.side === of);
      return found === undefined || (side !== 'organizer' && side !== of) ? null : shownOutcome(found);
    };
    return { asker: of('asker'), asked: of('asked') };
  }

  async has(id: string): Promise<{ stands: boolean }> {
    return { stands: (await this.outcomes.listOfMeeting(this.database, id)).length > 0 };
  }

  async export(
    caller: Caller,
    query: InputOf<typeof exportMeetingOutcomes>,
  ): Promise<OutputOf<typeof exportMeetingOutcomes>> {
    const page = { after: decodeIdCursor(query.cursor), take: query.limit + 1 };
    const rows = await this.outcomes.listOfCompany(this.database, callingCompany(caller), page);
    const { items, nextCursor } = cutPage(rows, query.limit, ({ meetingId }) => [meetingId]);
    return { items: items.map((one) => ({ meetingId: one.meetingId, ...shownOutcome(one) })), nextCursor };
  }
}
