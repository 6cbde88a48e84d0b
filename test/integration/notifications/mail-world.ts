import pg from 'pg';
import { v7 as newId } from 'uuid';
import {
  getCompanyContacts,
  getCompanyStates,
  getDeparted,
  getMeetingPeople,
  getPeople,
  getReleaseChanges,
  getSignupHolders,
  getSpeakers,
  getStop,
  getStopState,
  getTimetable,
  getTour,
  listAudience,
  listSpeakers,
  meetingChanged,
  notFound,
  registrationChanged,
  sessionChanged,
  stopChanged,
  timetableReleased,
  type Caller,
  type MeetingPeople,
  type MeetingState,
  type RegistrationStatus,
  type ReleaseChange,
  type RequestContract,
  type StopState,
} from '#contracts';
import { service as notifications } from '../../../apps/notifications/src/service.js';
import { parseAllowList } from '../../../apps/notifications/src/egress/allowed-address.js';
import { eventStream } from '../../../libs/messaging/src/index.js';
import { SmtpSink } from '../../support/smtp-sink.js';
import type { StubAnswer as Played } from '../../support/stub-services.js';
import { TestedService } from '../../support/tested-service.js';
import { aStopState, publishState } from './published-events.js';

export interface PlayedPerson {
  id: string;
  name: string;
  email: string;
  language: 'zh' | 'en' | null;
  badge: string | null;
}

export interface PlayedRegistration {
  registrationId: string;
  stopId: string;
  companyId: string;
  status: RegistrationStatus;
  seats: number;
  waitlistPosition: number | null;
  reason: string | null;
  delegates: PlayedPerson[];
  version: number;
}

export interface PlayedSession {
  sessionId: string;
  stopId: string;
  companyId: string | null;
  title: { zh?: string; en?: string };
  status: 'proposed' | 'accepted' | 'rejected' | 'scheduled' | 'withdrawn' | 'cancelled';
  roomId: string | null;
  startsAt: string | null;
  endsAt: string | null;
  reason: string | null;
  speakers: {
    speakerId: string;
    name: string;
    email: string | null;
    organization: string | null;
    jobTitle: string | null;
    language: 'zh' | 'en' | null;
  }[];
  version: number;
}

/** A meeting, as matching has it. */
export type PlayedMeeting = Pick<
  MeetingState,
  'meetingId' | 'stopId' | 'status' | 'startsAt' | 'endsAt' | 'tableNo' | 'concealed' | 'version'
> & {
  asker: MeetingPeople['asker'];
  asked: MeetingPeople['asker'];
  reason: string | null;
};

const dayMs = 24 * 3_600_000;

/** Notifications with a mail server; the test answers for the other services. */
export class MailWorld {
  readonly organizationId = newId();
  readonly tourId = newId();
  readonly organizer: Caller = { role: 'organizer', keyId: newId(), organizationId: this.organizationId };
  readonly stops = new Map<string, StopState & { reason: string | null }>();
  readonly registrations = new Map<string, PlayedRegistration>();
  readonly departed: {
    registrationId: string;
    delegateId: string;
    name: string;
    email: string;
    language?: 'zh' | 'en';
  }[] = [];
  readonly sessions = new Map<string, PlayedSession>();
  readonly signUps: { sessionId: string; registrationId: string; delegateId: string }[] = [];
  readonly meetings = new Map<string, PlayedMeeting>();
  readonly releases = new Map<string, { changes: ReleaseChange[]; note: string | null }>();
  /** Of companies' contacts; English where nothing is said. */
  readonly contactLanguages = new Map<string, 'zh' | 'en'>();
  private readonly owners = new Set<string>();

  private constructor(
    readonly sink: SmtpSink,
    readonly service: TestedService,
  ) {}

  static async start(settings: Readonly<Record<string, unknown>> = {}): Promise<MailWorld> {
    const sink = await SmtpSink.start();
    const box: { world?: MailWorld } = {};
    const play = <T>(answer: (world: MailWorld, input: T) => unknown): Played =>
      ((input: T) => {
        if (box.world === undefined) throw new Error('The world is not made yet.');
        return answer(box.world, input);
      }) as Played;
    const service = await TestedService.start(notifications, stubsOf(play), {
      WEBHOOK_SECRET: 'ab'.repeat(32),
      EGRESS_ALLOW: parseAllowList(''),
      PUBLIC_URL: 'https://tour.waystop.test',
      SMTP_URL: sink.url,
      MAIL_FROM: { name: 'Waystop', address: 'tour@waystop.test' },
      ...settings,
    });
    box.world = new MailWorld(sink, service);
    return box.world;
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.sink.stop();
  }

  /** Notifications as on its first day: no rows, and a consumer that gets all events that the broker still has. */
  async beginAnew(): Promise<void> {
    const { services, broker, databaseUrl } = this.service;
    for (const one of services.splice(0)) await one.stop();
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const { rows } = await client.query<{ names: string }>(
      `SELECT string_agg(quote_ident(tablename), ', ') AS names FROM pg_tables
        WHERE schemaname = 'public' AND tablename <> 'migrations'`,
    );
    await client.query(`TRUNCATE ${rows[0]?.names}`);
    await client.end();
    const manager = await broker.streams();
    for (const { name } of await manager.consumers.list(eventStream).next())
      await manager.consumers.delete(eventStream, name);
    await this.service.startReplica();
  }

  /** A published stop, so many days from now, and its event. */
  async stopIn(days: number, over: Partial<StopState> = {}): Promise<string> {
    const id = newId();
    this.owners.add(id);
    const startsAt = new Date(Math.floor((Date.now() + days * dayMs) / dayMs) * dayMs + 3_600_000);
    const endsAt = new Date(startsAt.getTime() + 9 * 3_600_000);
    const state = aStopState(
      { id, tourId: this.tourId, organizationId: this.organizationId },
      {
        name: { zh: '成都站', en: 'Chengdu' },
        venue: { name: { zh: '会展中心', en: 'Convention Centre' }, address: null, location: null },
        city: { code: '510100', name: { zh: '成都', en: 'Chengdu' } },
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
        ...over,
      },
    );
    this.stops.set(id, { ...state, reason: null });
    await this.publishStop(id);
    return id;
  }

  async changeStop(id: string, over: Partial<StopState & { reason: string | null }>): Promise<void> {
    const before = this.theStop(id);
    this.stops.set(id, { ...before, ...over, version: before.version + 1 });
    await this.publishStop(id);
  }

  async reschedule(id: string, days: number, reason: string): Promise<void> {
    const { startsAt, endsAt, moves } = this.theStop(id);
    const moved = (at: string) => new Date(Date.parse(at) + days * dayMs).toISOString();
    await this.changeStop(id, {
      startsAt: moved(startsAt),
      endsAt: moved(endsAt),
      moves: [...moves, { fromStartsAt: startsAt, toStartsAt: moved(startsAt), reason }],
      reason,
    });
  }

  theStop(id: string): StopState & { reason: string | null } {
    const stop = this.stops.get(id);
    if (stop === undefined) throw new Error('There is no such stop.');
    return stop;
  }

  /** A registration with its people, and its event. */
  async register(
    stopId: string,
    people: Partial<PlayedPerson>[],
    over: Partial<PlayedRegistration> = {},
  ): Promise<PlayedRegistration> {
    const registration = this.addRegistration(stopId, people, over);
    await this.publishRegistration(registration);
    return registration;
  }

  /** A registration that no event has told of. */
  addRegistration(
    stopId: string,
    people: Partial<PlayedPerson>[],
    over: Partial<PlayedRegistration> = {},
  ): PlayedRegistration {
    const registration: PlayedRegistration = {
      registrationId: newId(),
      stopId,
      companyId: newId(),
      status: 'confirmed',
      seats: people.length,
      waitlistPosition: null,
      reason: null,
      delegates: people.map(aPerson),
      version: 1,
      ...over,
    };
    this.registrations.set(registration.registrationId, registration);
    return registration;
  }

  async change(registration: PlayedRegistration, over: Partial<PlayedRegistration>): Promise<void> {
    Object.assign(registration, over, { version: registration.version + 1 });
    await this.publishRegistration(registration);
  }

  async publishRegistration(registration: PlayedRegistration, more: object = {}): Promise<void> {
    const { registrationId, stopId, companyId, status, delegates, version } = registration;
    await publishState(
      this.service.broker,
      registrationChanged,
      registrationId,
      {
        registrationId,
        stopId,
        companyId,
        status,
        seats: delegates.length,
        delegateIds: delegates.map(({ id }) => id),
        version,
      },
      more,
    );
  }

  async propose(stopId: string, over: Partial<PlayedSession> = {}): Promise<PlayedSession> {
    const session: PlayedSession = {
      sessionId: newId(),
      stopId,
      companyId: newId(),
      title: { zh: '示例议题', en: 'An example' },
      status: 'proposed',
      roomId: null,
      startsAt: null,
      endsAt: null,
      reason: null,
      speakers: [],
      version: 1,
      ...over,
    };
    this.sessions.set(session.sessionId, session);
    await this.publishSession(session);
    return session;
  }

  async changeSession(session: PlayedSession, over: Partial<PlayedSession>): Promise<void> {
    Object.assign(session, over, { version: session.version + 1 });
    await this.publishSession(session);
  }

  /** A request of one company to another, and its event. */
  async ask(
    stopId: string,
    [asker, asked]: readonly [PlayedRegistration, PlayedRegistration],
    over: Partial<PlayedMeeting> = {},
  ): Promise<PlayedMeeting> {
    const party = ({ companyId, registrationId, delegates: [first] }: PlayedRegistration) => {
      return { companyId, registrationId, delegateId: first?.id ?? null };
    };
    const meeting: PlayedMeeting = {
      meetingId: newId(),
      stopId,
      status: 'requested',
      startsAt: null,
      endsAt: null,
      tableNo: null,
      concealed: false,
      reason: null,
      version: 1,
      asker: party(asker),
      asked: party(asked),
      ...over,
    };
    this.meetings.set(meeting.meetingId, meeting);
    await this.publishMeeting(meeting);
    return meeting;
  }

  async changeMeeting(meeting: PlayedMeeting, over: Partial<PlayedMeeting>): Promise<void> {
    Object.assign(meeting, over, { version: meeting.version + 1 });
    await this.publishMeeting(meeting);
  }

  private async publishMeeting(meeting: PlayedMeeting): Promise<void> {
    const { asker, asked, reason, ...state } = meeting;
    void reason;
    await publishState(this.service.broker, meetingChanged, state.meetingId, {
      ...state,
      tourId: this.tourId,
      organizationId: this.organizationId,
      askerId: asker.companyId,
      askedId: asked.companyId,
      missed: null,
      delegateIds: { asker: asker.delegateId, asked: asked.delegateId },
    });
  }

  async release(
    stopId: string,
    release: number,
    changes: ReleaseChange[],
    note: string | null = null,
  ): Promise<void> {
    this.releases.set(`${stopId} ${release}`, { changes, note });
    await publishState(this.service.broker, timetableReleased, stopId, {
      stopId,
      tourId: this.tourId,
      version: release,
    });
  }

  /** Lets what would be waited for be due now: news to settle, and mails until the morning. */
  async hurry(
    families: string[] = [
      'registration',
      'stop',
      'session',
      'release',
      'meeting',
      'outcome',
      'follow-up',
      'digest',
    ],
  ): Promise<void> {
    await this.service.rows.query(
      'UPDATE mail_topics SET due_at = now() WHERE due_at IS NOT NULL AND family = ANY ($1)',
      [families],
    );
    await this.service.rows.query(
      `UPDATE notices SET due_at = now() WHERE state = 'planned' AND due_at > now()`,
    );
  }

  /** Subjects of the mails that arrived at an address, in their order. */
  subjectsTo(email: string): string[] {
    return this.sink.to(email).map(({ mail }) => mail.subject ?? '');
  }

  contactOf(companyId: string): string {
    return `contact-${companyId.slice(-6)}@company.example`;
  }

  private async publishStop(id: string): Promise<void> {
    const { reason, ...state } = this.theStop(id);
    void reason;
    await publishState(this.service.broker, stopChanged, id, state);
  }

  private async publishSession(session: PlayedSession): Promise<void> {
    const { sessionId, stopId, companyId, status, roomId, startsAt, endsAt, version } = session;
    await publishState(this.service.broker, sessionChanged, sessionId, {
      sessionId,
      stopId,
      organizationId: this.organizationId,
      companyId,
      status,
      roomId,
      startsAt,
      endsAt,
      version,
    });
  }
}

let count = 0;

export function aPerson(over: Partial<PlayedPerson> = {}): PlayedPerson {
  count += 1;
  return {
    id: newId(),
    name: `Person ${count}`,
    email: `person${count}@example.com`,
    language: 'en',
    badge: `BADGE${String(count).padStart(8, '0')}`,
    ...over,
  };
}

type Play = <T>(answer: (world: MailWorld, input: T) => unknown) => Played;

function stubsOf(play: Play): [RequestContract, Played][] {
  const page = <T>(items: T[]) => ({ items, nextCursor: null });
  return [
    [getStopState, play<{ id: string }>((world, { id }) => ({ stop: world.stops.get(id) ?? null }))],
    [
      getStop,
      play<{ id: string }>((world, { id }) => {
        const stop = world.stops.get(id);
        if (stop === undefined || !stop.published) throw notFound('stop');
        const contact = { name: null, email: 'help@tour.example', phone: null };
        return {
          ...stop,
          sequence: 1,
          description: null,
          travel: { zh: '地铁 1 号线', en: 'Metro line 1' },
          contact,
          registrationState: 'open',
        };
      }),
    ],
    [
      getTour,
      play<{ id: string }>((_world, { id }) => ({ id, name: { zh: '全国巡回交流会', en: 'National Tour' } })),
    ],
    [
      getPeople,
      play<{ registrationIds: string[] }>((world, { registrationIds }) => ({
        registrations: registrationIds.flatMap((id) => world.registrations.get(id) ?? []),
        unanswered: [],
      })),
    ],
    [
      getDeparted,
      play<{ registrationIds: string[] }>((world, { registrationIds }) =>
        page(
          world.departed
            .filter(({ registrationId }) => registrationIds.includes(registrationId))
            .map((one) => ({
              language: 'en',
              ...one,
              stopId: newId(),
              companyId: newId(),
              departedAt: new Date().toISOString(),
            })),
        ),
      ),
    ],
    [
      listAudience,
      play<{ stopId: string; statuses: string[] }>((world, { stopId, statuses }) => {
        const own = [...world.registrations.values()].filter(
          (one) => one.stopId === stopId && statuses.includes(one.status),
        );
        const items = own.flatMap(({ registrationId, companyId, delegates }) =>
          delegates.map(({ id }) => ({ delegateId: id, registrationId, companyId })),
        );
        return { ...page(items), counts: { delegates: items.length, registrations: own.length } };
      }),
    ],
    [
      getSignupHolders,
      play<{ sessionIds: string[] }>((world, { sessionIds }) =>
        page(
          world.signUps
            .filter(({ sessionId }) => sessionIds.includes(sessionId))
            .map(({ sessionId, registrationId, delegateId }) => ({
              delegateId,
              registrationId,
              companyId: world.registrations.get(registrationId)?.companyId ?? '',
              stopId: newId(),
              sessionIds: [sessionId],
              endedSessionIds: [],
            })),
        ),
      ),
    ],
    [
      getSpeakers,
      play<{ sessionIds: string[] }>((world, { sessionIds }) => ({
        sessions: sessionIds.flatMap((id) => world.sessions.get(id) ?? []),
      })),
    ],
    [
      listSpeakers,
      play<{ stopId: string; statuses: string[] }>((world, { stopId, statuses }) =>
        page(
          [...world.sessions.values()].filter(
            (one) => one.stopId === stopId && statuses.includes(one.status),
          ),
        ),
      ),
    ],
    [
      getMeetingPeople,
      play<{ ids: string[] }>((world, { ids }) => ({
        meetings: ids.flatMap((id) => world.meetings.get(id) ?? []),
      })),
    ],
    [
      getReleaseChanges,
      play<{ stopId: string; release: number }>((world, { stopId, release }) => {
        const found = world.releases.get(`${stopId} ${release}`);
        if (found === undefined) throw notFound('release');
        const { id, tourId, name, city, venue, timeZone } = world.theStop(stopId);
        return {
          release: { publishedAt: new Date().toISOString(), note: found.note, number: release },
          stop: { id, tourId, name, city, venue, timeZone },
          ...page(found.changes),
        };
      }),
    ],
    [
      getTimetable,
      play<{ stopId: string }>((world, { stopId }) => ({
        sessions: [...world.sessions.values()].flatMap(({ sessionId, startsAt, ...one }) =>
          one.stopId === stopId && startsAt !== null ? [{ ...one, id: sessionId, startsAt }] : [],
        ),
      })),
    ],
    [
      getCompanyContacts,
      play<{ ids: string[] }>((world, { ids }) => ({
        contacts: ids.map((companyId) => ({
          companyId,
          contact: {
            name: 'Contact',
            email: world.contactOf(companyId),
            mobile: null,
            language: world.contactLanguages.get(companyId) ?? 'en',
          },
        })),
      })),
    ],
    [
      getCompanyStates,
      play<{ ids: string[] }>((_world, { ids }) => ({
        companies: ids.map((companyId) => ({
          companyId,
          name: { zh: '示例科技', en: 'Example Ltd' },
          standings: [],
          version: 1,
        })),
      })),
    ],
  ];
}
