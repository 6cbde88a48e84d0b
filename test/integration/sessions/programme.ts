import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  acceptSession,
  getCompanyStates,
  getStopState,
  proposeSession,
  scheduleSession,
  sessionsCatchUpOnStop,
  type Caller,
  type Session,
  type StopState,
} from '../../../libs/contracts/src/index.js';
import { service as sessions } from '../../../apps/sessions/src/service.js';
import { TestedService } from '../../support/tested-service.js';

type Talk = z.input<typeof proposeSession.input>['body'];

/** The sessions service with one organization's stops, which the test may change as their owner would. */
export class Programme {
  readonly organizer: Caller;

  private constructor(
    readonly service: TestedService,
    readonly organizationId: string,
    readonly stops: Map<string, StopState>,
    /** The companies that the organization has suspended. */
    readonly suspended: Set<string>,
  ) {
    this.organizer = { role: 'organizer', keyId: randomUUID(), organizationId };
  }

  static async start(): Promise<Programme> {
    const organizationId = randomUUID();
    const [stops, suspended] = [new Map<string, StopState>(), new Set<string>()];
    const company = (companyId: string) => ({
      companyId,
      name: { zh: '示例企业 017' },
      standings: [{ organizationId, status: suspended.has(companyId) ? 'suspended' : 'verified' }],
      version: suspended.has(companyId) ? 2 : 1,
    });
    const service = await TestedService.start(sessions, [
      [getStopState, ({ id }: { id: string }) => ({ stop: stops.get(id) ?? null })],
      [getCompanyStates, ({ ids }: { ids: string[] }) => ({ companies: ids.map(company) })],
    ]);
    return new Programme(service, organizationId, stops, suspended);
  }

  /** A stop on 12 December 2036, 09:00 to 17:00 in Chengdu, with two rooms. */
  stop(change: Partial<StopState> = {}): StopState {
    const id = randomUUID();
    const stop: StopState = {
      id,
      tourId: randomUUID(),
      organizationId: this.organizationId,
      name: { zh: '成都站' },
      city: { code: '510100', name: { zh: '成都市' } },
      venue: { name: { zh: '会展中心' }, address: null, location: null },
      timeZone: 'Asia/Shanghai',
      startsAt: '2036-12-12T01:00:00Z',
      endsAt: '2036-12-12T09:00:00Z',
      capacity: 200,
      maxDelegatesPerCompany: 10,
      registration: {
        opensAt: '2026-11-01T00:00:00Z',
        closesAt: '2036-12-12T01:00:00Z',
        approval: 'automatic',
        waitlist: true,
        waitlistPolicy: 'strict',
        verifiedOnly: false,
        changesUntil: '2036-12-12T01:00:00Z',
      },
      rooms: [
        { id: randomUUID(), name: { zh: '一号厅', en: 'Hall 1' }, seats: 200 },
        { id: randomUUID(), name: { zh: '二号厅' }, seats: 80 },
      ],
      partners: [],
      status: 'published',
      createdAt: '2026-11-01T00:00:00Z',
      version: 2,
      speakerTravelMinutes: 240,
      published: true,
      moves: [],
      cancelReason: null,
      ...change,
    };
    this.stops.set(id, stop);
    return stop;
  }

  /** A stop in another city. */
  stopInMianyang(change: Partial<StopState> = {}): StopState {
    return this.stop({ city: { code: '510700', name: { zh: '绵阳市' } }, ...change });
  }

  /** Changes a stop as its owner does, and lets the service catch up. */
  async changeStop(id: string, change: Partial<StopState>): Promise<StopState> {
    const changed = { ...this.known(id), ...change, version: this.known(id).version + 1 };
    this.stops.set(id, changed);
    const caller: Caller = { role: 'admin', keyId: null };
    await this.service.ask(sessionsCatchUpOnStop, { id, version: changed.version }, caller);
    return changed;
  }

  reschedule(id: string, startsAt: string, endsAt: string, reason: string | null = null): Promise<StopState> {
    const { moves, startsAt: fromStartsAt } = this.known(id);
    return this.changeStop(id, {
      startsAt,
      endsAt,
      moves: [...moves, { fromStartsAt, toStartsAt: startsAt, reason }],
    });
  }

  companyCaller(): Caller {
    return { role: 'company', keyId: randomUUID(), companyId: randomUUID() };
  }

  talk(change: Partial<Talk> = {}): Talk {
    return {
      title: { zh: '数据集建设' },
      kind: 'sharing',
      durationMinutes: 30,
      speakers: [{ name: '张三', email: `${randomUUID()}@example.com` }],
      ...change,
    };
  }

  propose(stop: StopState, caller: Caller, change: Partial<Talk> = {}): Promise<Session> {
    return this.service.ask(proposeSession, { stopId: stop.id, body: this.talk(change) }, caller);
  }

  /** An accepted talk of the organizer. */
  accepted(stop: StopState, change: Partial<Talk> = {}): Promise<Session> {
    return this.propose(stop, this.organizer, change);
  }

  schedule(session: Session, stop: StopState, room: number, startsAt: string): Promise<Session> {
    const body = { roomId: stop.rooms[room]?.id ?? '', startsAt };
    return this.service.ask(scheduleSession, { id: session.id, body }, this.organizer);
  }

  async scheduled(
    stop: StopState,
    room: number,
    startsAt: string,
    change: Partial<Talk> = {},
  ): Promise<Session> {
    return this.schedule(await this.accepted(stop, change), stop, room, startsAt);
  }

  async acceptedFrom(stop: StopState, company: Caller, change: Partial<Talk> = {}): Promise<Session> {
    const proposed = await this.propose(stop, company, change);
    return this.service.ask(acceptSession, { id: proposed.id }, this.organizer);
  }

  end(): Promise<void> {
    return this.service.stop();
  }

  private known(id: string): StopState {
    const stop = this.stops.get(id);
    if (stop === undefined) throw new Error(`There is no stop ${id}.`);
    return stop;
  }
}
