import { Injectable } from '@nestjs/common';
import {
  getMeetingStates,
  notFound,
  isOrganizerOf,
  type Caller,
  type EventEnvelope,
  type MeetingState,
} from '#contracts';
import { Rpc } from '#messaging';
import { Database, Inbox, UnitOfWork } from '#persistence';
import { MeetingProjectionRepository, type KnownMeeting } from './meeting-projection.repository.js';

export type Side = 'asker' | 'asked';

/** Keeps and reads this service's copy of the meetings. */
@Injectable()
export class MeetingProjectionService {
  /** Applies an event together with others that arrive at the same time. */
  readonly applyEvent: (event: EventEnvelope<MeetingState>) => Promise<void>;

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    inbox: Inbox,
    private readonly rpc: Rpc,
    private readonly meetings: MeetingProjectionRepository,
  ) {
    this.applyEvent = inbox.batched((manager, states: MeetingState[]) => meetings.upsert(manager, states));
  }

  /**
   * The meeting, for its two companies and its organizers; all others find none. One that was not held as far as is
   * known here is looked up at its owner, since it may have been held a moment ago.
   */
  async getFor(caller: Caller, id: string): Promise<{ meeting: KnownMeeting; side: Side | 'organizer' }> {
    const known = await this.meetings.find(this.database, id);
    const meeting = known?.status === 'held' ? known : await this.fetch(id);
    const side = meeting && sideOf(caller, meeting);
    if (meeting === null || side === null) throw notFound('meeting');
    return { meeting, side };
  }

  private async fetch(id: string): Promise<KnownMeeting | null> {
    const { meetings } = await this.rpc.ask(getMeetingStates, { ids: [id] });
    await this.unitOfWork.transaction((manager) => this.meetings.upsert(manager, meetings));
    return this.meetings.find(this.database, id);
  }
}

function sideOf(caller: Caller, meeting: KnownMeeting): Side | 'organizer' | null {
  if (isOrganizerOf(caller, meeting)) return 'organizer';
  if (caller.role !== 'company') return null;
  if (caller.companyId === meeting.askerId) return 'asker';
  return caller.companyId === meeting.askedId && !meeting.concealed ? 'asked' : null;
}
