import { randomUUID } from 'node:crypto';
import {
  addBatchMember,
  announceMembershipBatch,
  createMembershipBatch,
  getCompanyStates,
  getMeetingStates,
  getPeople,
  getSpeakers,
  getStopState,
  getTour,
  listAudience,
  listSpeakers,
  notFound,
  type Caller,
  type MeetingState,
  type MembershipBatch,
  type StopState,
} from '../../../libs/contracts/src/index.js';
import { service as outcomes } from '../../../apps/outcomes/src/service.js';
import { aStopState } from '../notifications/published-events.js';
import { TestedService } from '../../support/tested-service.js';

interface Person {
  readonly id: string;
  readonly registrationId: string;
  readonly companyId: string;
  readonly stopId: string;
  name: string;
  checkedIn: boolean;
}

interface Talk {
  readonly sessionId: string;
  readonly stopId: string;
  readonly companyId: string | null;
  readonly speakerId: string;
  name: string;
}

/** The outcomes service with one organization's tour; the test answers for the other services. */
export class OutcomeWorld {
  readonly organizationId = randomUUID();
  readonly tourId = randomUUID();
  readonly organizer: Caller = {
    role: 'organizer',
    keyId: randomUUID(),
    organizationId: this.organizationId,
  };
  readonly stranger: Caller = { role: 'organizer', keyId: randomUUID(), organizationId: randomUUID() };
  readonly anybody: Caller = { role: 'public', keyId: null };
  readonly stops = new Map<string, StopState>();
  readonly meetings = new Map<string, MeetingState>();
  readonly people: Person[] = [];
  readonly talks: Talk[] = [];
  /** Ids of companies that exist nowhere. */
  readonly unknown = new Set<string>();

  private constructor(private readonly started: { service?: TestedService }) {}

  get service(): TestedService {
    if (this.started.service === undefined) throw new Error('The service is not running.');
    return this.started.service;
  }

  static async start(): Promise<OutcomeWorld> {
    const started: { service?: TestedService } = {};
    const world = new OutcomeWorld(started);
    started.service = await TestedService.start(outcomes, world.stubs(), {
      CODE_SECRET: 'ab'.repeat(32),
      PUBLIC_URL: 'https://tour.waystop.test',
    });
    return world;
  }

  private stubs(): Parameters<typeof TestedService.start>[1] {
    const peopleOf = (registrationId: string) =>
      this.people.filter((one) => one.registrationId === registrationId);
    const talkOf = ({ sessionId, stopId, companyId, speakerId, name }: Talk) => ({
      sessionId,
      stopId,
      companyId,
      title: { zh: '示例议题' },
      speakers: [{ speakerId, name }],
    });
    return [
      [getStopState, ({ id }: { id: string }) => ({ stop: this.stops.get(id) ?? null })],
      [
        getTour,
        ({ id }: { id: string }) => {
          if (id !== this.tourId) throw notFound('tour');
          return { id, organizationId: this.organizationId, name: { zh: '示例生态行' } };
        },
      ],
      [
        getCompanyStates,
        ({ ids }: { ids: string[] }) => ({
          companies: ids
            .filter((id) => !this.unknown.has(id))
            .map((companyId) => ({
              companyId,
              name: { zh: `示例企业 ${companyId.slice(0, 4)}` },
              standings: [],
              version: 1,
            })),
        }),
      ],
      [
        getMeetingStates,
        ({ ids }: { ids: string[] }) => ({ meetings: ids.flatMap((id) => this.meetings.get(id) ?? []) }),
      ],
      [
        listAudience,
        ({ stopId, checkedIn }: { stopId: string; checkedIn?: boolean }) => {
          const items = this.people
            .filter(
              (one) => one.stopId === stopId && (checkedIn === undefined || one.checkedIn === checkedIn),
            )
            .map(({ id, registrationId, companyId }) => ({ delegateId: id, registrationId, companyId }));
          return {
            items,
            nextCursor: null,
            counts: { delegates: items.length, registrations: items.length },
          };
        },
      ],
      [
        getPeople,
        ({ registrationIds }: { registrationIds: string[] }) => ({
          registrations: registrationIds.flatMap((registrationId) => {
            const [first] = peopleOf(registrationId);
            if (first === undefined) return [];
            const delegates = peopleOf(registrationId).map(({ id, name }) => ({
              id,
              name,
              badge: `WB-${id}`,
            }));
            return [{ registrationId, stopId: first.stopId, companyId: first.companyId, delegates }];
          }),
          unanswered: [],
        }),
      ],
      [
        listSpeakers,
        ({ stopId }: { stopId: string }) => ({
          items: this.talks.filter((talk) => talk.stopId === stopId).map(talkOf),
          nextCursor: null,
        }),
      ],
      [
        getSpeakers,
        ({ sessionIds }: { sessionIds: string[] }) => ({
          sessions: this.talks.filter(({ sessionId }) => sessionIds.includes(sessionId)).map(talkOf),
        }),
      ],
    ];
  }

  /** A published stop of the tour that has begun. */
  stop(change: Partial<StopState> = {}): StopState {
    const state: StopState = {
      ...aStopState(
        { id: randomUUID(), tourId: this.tourId, organizationId: this.organizationId },
        { startsAt: '2026-01-16T01:00:00Z', endsAt: '2026-01-16T09:00:00Z' },
      ),
      ...change,
    };
    this.stops.set(state.id, state);
    return state;
  }

  company(): { id: string; caller: Caller } {
    const id = randomUUID();
    return { id, caller: { role: 'company', keyId: randomUUID(), companyId: id } };
  }

  person(stop: StopState, companyId: string, name: string, checkedIn = true): Person {
    const made = {
      id: randomUUID(),
      registrationId: randomUUID(),
      companyId,
      stopId: stop.id,
      name,
      checkedIn,
    };
    this.people.push(made);
    return made;
  }

  talk(stop: StopState, companyId: string | null, name: string): Talk {
    const made = { sessionId: randomUUID(), stopId: stop.id, companyId, speakerId: randomUUID(), name };
    this.talks.push(made);
    return made;
  }

  meeting(stop: StopState, askerId: string, askedId: string, over: Partial<MeetingState> = {}): MeetingState {
    const state: MeetingState = {
      meetingId: randomUUID(),
      stopId: stop.id,
      tourId: this.tourId,
      organizationId: this.organizationId,
      askerId,
      askedId,
      concealed: false,
      status: 'held',
      missed: null,
      startsAt: '2026-01-16T02:00:00Z',
      endsAt: '2026-01-16T02:20:00Z',
      tableNo: 1,
      delegateIds: { asker: null, asked: null },
      version: 1,
      ...over,
    };
    this.meetings.set(state.meetingId, state);
    return state;
  }

  /** A draft batch with so many members of its series. */
  async batch(series: string, members = 1): Promise<MembershipBatch> {
    const body = { alliance: { zh: '数据标注产业联盟' }, series };
    const batch = await this.service.ask(
      createMembershipBatch,
      { tourId: this.tourId, body },
      this.organizer,
    );
    for (let at = 1; at <= members; at += 1) {
      const member = { name: { zh: `示例企业 ${at}` }, category: '会员单位' };
      await this.service.ask(addBatchMember, { id: batch.id, body: member }, this.organizer);
    }
    return batch;
  }

  announce(batch: { id: string }): Promise<MembershipBatch> {
    return this.service.ask(announceMembershipBatch, { id: batch.id }, this.organizer);
  }

  async end(): Promise<void> {
    await this.service.stop();
  }
}
