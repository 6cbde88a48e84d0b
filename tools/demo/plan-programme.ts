import {
  acceptSession,
  getTimetable,
  listSessions,
  proposeSession,
  rejectSession,
  releaseTimetable,
  scheduleSession,
} from '#contracts';
import type { Session, Stop } from '#contracts';
import { clockOf, moved } from './dates.js';
import type { Example, ExampleSession } from './example.js';
import { expectRefusal } from './expect-refusal.js';
import { both, plural, type ConsoleReport } from './console-report.js';
import { DemoFailure, type Answer, type PublicApi } from './public-api.js';

import { companyOf, type Companies } from './sign-up-companies.js';

/** Sessions are proposed, decided, scheduled and released; what is there from an earlier run stays as it is. */
export async function planProgramme(
  api: PublicApi,
  stop: Stop,
  example: Example,
  companies: Companies,
  report: ConsoleReport,
): Promise<void> {
  report.heading('Talks and sharing sessions become a timetable', '报告与分享排入日程');
  const planner = new Planner(api, stop, example, companies, report);
  await planner.findEarlier();
  for (const one of example.sessions) await planner.propose(one);
  for (const one of example.sessions) await planner.decide(one);
  for (const one of example.sessions) await planner.schedule(one);
  planner.tellOfTheRest();
  await planner.provoke();
  await release(api, stop, example.releaseNote, report);
}

class Planner {
  private readonly sessions = new Map<string, Session>();
  private scheduled = 0;

  constructor(
    private readonly api: PublicApi,
    private readonly stop: Stop,
    private readonly example: Example,
    private readonly companies: Companies,
    private readonly report: ConsoleReport,
  ) {}

  async findEarlier(): Promise<void> {
    const found = await this.api.all(listSessions, this.path, this.api.organizerKey);
    for (const one of this.example.sessions) {
      const session = found.find(({ title }) => title.zh === one.title.zh);
      if (session !== undefined) this.sessions.set(one.key, session);
    }
    if (this.sessions.size > 0)
      this.report.line(`${plural(this.sessions.size, 'session is', 'sessions are')} there already`);
  }

  async propose({ key: name, proposedBy, ...one }: ExampleSession): Promise<void> {
    if (this.sessions.has(name)) return;
    const company = proposedBy === undefined ? null : companyOf(this.companies, proposedBy);
    const key = company === null ? this.api.organizerKey : company.apiKey;
    if (key === null) return;
    const { kind, title, track, durationMinutes, language, speakers } = one;
    const body = { kind, title, track, durationMinutes, language, speakers };
    const call = { key, body, effect: `session ${this.stop.id} ${name}` };
    const session = await this.api.must(proposeSession, 'POST', this.path, call);
    this.sessions.set(name, session);
    const who = company === null ? '组织者 / organizer' : both(company.example.name);
    this.report.line(`POST /v1/stops/{id}/sessions → 201  ${who}: ${both(session.title)}, ${session.status}`);
  }

  async decide({ key: name, rejectedFor }: ExampleSession): Promise<void> {
    const session = this.sessions.get(name);
    if (session?.status !== 'proposed') return;
    const [contract, verb] =
      rejectedFor === undefined ? ([acceptSession, 'accept'] as const) : ([rejectSession, 'reject'] as const);
    const decided = await this.api.must(contract, 'POST', `/v1/sessions/${session.id}/${verb}`, {
      key: this.api.organizerKey,
      body: rejectedFor === undefined ? {} : { reason: rejectedFor },
    });
    this.sessions.set(name, decided);
    if (rejectedFor !== undefined)
      this.report.line(
        `POST /v1/sessions/{id}/reject → 200  ${both(session.title)}: ${decided.reason ?? ''}`,
      );
  }

  async schedule({ key: name, place }: ExampleSession): Promise<void> {
    const session = this.sessions.get(name);
    if (place === undefined || session?.status !== 'accepted') return;
    const answer = await this.place(session, place.room, place.startsAt);
    if (answer.refused !== null)
      throw new DemoFailure(`${both(session.title)} can't be scheduled: ${answer.refused.detail}`);
    this.scheduled += 1;
  }

  tellOfTheRest(): void {
    if (this.scheduled > 0)
      this.report.line(`POST /v1/sessions/{id}/schedule → 200  for ${plural(this.scheduled, 'session')}`);
  }

  async provoke(): Promise<void> {
    for (const { session: name, room, startsAt, expect } of this.example.clashes) {
      const session = this.sessions.get(name);
      if (session === undefined) continue;
      const answer = await this.place(session, room, startsAt);
      const tried = `schedules “${session.title.en ?? ''}” in ${room} at ${this.clock(startsAt)}`;
      expectRefusal(answer, '组织者 / organizer', tried, expect, this.report);
    }
  }

  private place(session: Session, room: string, startsAt: string): Promise<Answer<Session>> {
    return this.api.call(scheduleSession, 'POST', `/v1/sessions/${session.id}/schedule`, {
      key: this.api.organizerKey,
      body: { roomId: this.roomId(room), startsAt: this.moved(startsAt) },
    });
  }

  private roomId(english: string): string {
    const room = this.stop.rooms.find(({ name }) => name.en === english);
    if (room === undefined) throw new DemoFailure(`The stop has no room "${english}".`);
    return room.id;
  }

  /** By as much as the stop itself stands away from the example's day, whenever it was made. */
  private moved(instant: string): string {
    return moved(instant, Date.parse(this.stop.startsAt) - Date.parse(this.example.stop.startsAt));
  }

  private clock(instant: string): string {
    return clockOf(this.moved(instant), this.stop.timeZone);
  }

  private get path(): string {
    return `/v1/stops/${this.stop.id}/sessions`;
  }
}

async function release(api: PublicApi, stop: Stop, note: string, report: ConsoleReport): Promise<void> {
  const latest = await api.call(getTimetable, 'GET', `/v1/stops/${stop.id}/timetable`);
  if (latest.refused === null) {
    report.line(`Release ${latest.data.release.version ?? ''} of the timetable is out already`);
    return;
  }
  const { version, changes } = await api.must(
    releaseTimetable,
    'POST',
    `/v1/stops/${stop.id}/timetable/releases`,
    { key: api.organizerKey, body: { note }, effect: `release ${stop.id}` },
  );
  report.line(
    `POST /v1/stops/{id}/timetable/releases → 201  release ${version}: ${plural(changes.added.length, 'session')} added`,
  );
}
