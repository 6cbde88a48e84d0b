import fc from 'fast-check';
import type { RegistrationStatus } from '#contracts';
import { planRegistration, type NotifiedRegistration, type RegistrationNews } from '../plan-registration.js';
import type { CalendarUid, PlannedNotice } from '../../notices/planned-notice.js';

/** What happens to a registration and its stop, and looks at it that may be killed before they commit. */
export type Step =
  | { readonly kind: 'status'; readonly status: RegistrationStatus }
  | { readonly kind: 'join' }
  | { readonly kind: 'leave' }
  | { readonly kind: 'substitute'; readonly back: boolean }
  | { readonly kind: 'move' }
  | { readonly kind: 'plan'; readonly killed: boolean };

/** A mistake that a careless build could make; the simulation has to notice each. */
export type Mistake = 'none' | 'compares no fingerprints' | 'forgets what it mailed' | 'never ends entries';

const status = fc.constantFrom<RegistrationStatus>('confirmed', 'pending', 'waitlisted', 'cancelled');
export const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('status' as const), status }),
  fc.record({ kind: fc.constant('join' as const) }),
  fc.record({ kind: fc.constant('leave' as const) }),
  fc.record({ kind: fc.constant('substitute' as const), back: fc.boolean() }),
  fc.record({ kind: fc.constant('move' as const) }),
  { arbitrary: fc.record({ kind: fc.constant('plan' as const), killed: fc.boolean() }), weight: 2 },
);

interface Person {
  readonly delegateId: string;
  readonly addressHash: string;
}

const stopStart = '2027-06-01T01:00:00Z';
const at = new Date('2027-01-01T00:00:00Z');

/** A registration whose mails are planned as the planner does it: news add up, and what is planned is kept or lost whole. */
export class PlannedMails {
  readonly sent: PlannedNotice[] = [];
  /** What no sequence of mails may show. */
  readonly wrong: string[] = [];
  private status: RegistrationStatus = 'pending';
  private people: Person[] = [{ delegateId: 'd0', addressHash: address(0) }];
  private departed: Person[] = [];
  private counter = 1;
  private version = 1;
  private moves = 0;
  private news: RegistrationNews = { status: null, delegateIds: null };
  private notified: NotifiedRegistration | null = null;
  private uids = new Map<string, CalendarUid>();
  private readonly occurrences = new Set<string>();

  constructor(private readonly mistake: Mistake) {}

  take(next: Step): void {
    if (next.kind === 'plan') this.plan(next.killed);
    else if (next.kind === 'move') this.move();
    // What is cancelled changes no more.
    else if (this.status !== 'cancelled') this.change(next);
  }

  /** What each calendar shows in the end: the newest mail of an entry counts. */
  calendars(): string[] {
    const newest = new Map(
      this.sent.flatMap(({ data, addressHash }) => {
        const { calendar } = data;
        return calendar === undefined ? [] : [[calendar.uid, { ...calendar, addressHash }] as const];
      }),
    );
    const shown = [...newest.values()].filter(({ method }) => method === 'REQUEST');
    return shown
      .map(({ uid, addressHash }) => `${addressHash} ${this.uids.get(uid)?.fingerprint}`)
      .toSorted();
  }

  /** What they have to show. */
  seats(): string[] {
    if (this.status !== 'confirmed') return [];
    return this.people.map(({ addressHash }) => `${addressHash} ${this.moves}`).toSorted();
  }

  private change(next: Exclude<Step, { kind: 'plan' | 'move' }>): void {
    const before = { status: this.status, delegateIds: this.people.map(({ delegateId }) => delegateId) };
    const [first] = this.people;
    if (next.kind === 'status') this.status = next.status;
    else if (next.kind === 'join')
      this.people.push({ delegateId: `d${this.counter}`, addressHash: this.newAddress() });
    else if (first !== undefined && next.kind === 'leave' && this.people.length > 1) this.depart(first);
    else if (first !== undefined && next.kind === 'substitute') this.substitute(first, next.back);
    this.version += 1;
    this.news = { ...before, ...this.news };
  }

  private depart(person: Person): void {
    this.people = this.people.filter((one) => one !== person);
    this.departed.push(person);
  }

  /** The seat stays and its person is another one, or the one from before. */
  private substitute(person: Person, back: boolean): void {
    const earlier = this.departed.findLast(({ delegateId }) => delegateId === person.delegateId);
    const addressHash = back && earlier !== undefined ? earlier.addressHash : this.newAddress();
    this.depart(person);
    this.people.unshift({ delegateId: person.delegateId, addressHash });
  }

  private move(): void {
    this.moves += 1;
    this.news = {
      rescheduled: { startsAt: stopStart, endsAt: stopStart, version: this.moves },
      ...this.news,
    };
  }

  private newAddress(): string {
    this.counter += 1;
    return address(this.counter);
  }

  private plan(killed: boolean): void {
    const { status, version, people, departed } = this;
    const fingerprint =
      this.mistake === 'compares no fingerprints' ? `${this.moves} ${this.sent.length}` : String(this.moves);
    const plan = planRegistration({
      now: { registrationId: 'r', companyId: 'c', stopId: 's', status, version, people, departed },
      stop: { status: 'published', version: this.moves, fingerprint, startsAt: stopStart },
      news: this.news,
      notified: this.notified,
      uids: [...this.uids.values()],
      at,
    });
    if (killed) return;
    const ends = (notice: PlannedNotice) => notice.data.calendar?.method === 'CANCEL';
    const notices =
      this.mistake === 'never ends entries' ? plan.notices.filter((one) => !ends(one)) : plan.notices;
    for (const notice of notices) this.send(notice);
    if (this.mistake === 'forgets what it mailed') return;
    for (const uid of plan.uids) this.uids.set(uid.uid, uid);
    this.notified = plan.notified;
    this.news = {};
  }

  private send(notice: PlannedNotice): void {
    const occurrence = `${notice.kind} ${notice.recipient} ${notice.occurrence}`;
    if (this.occurrences.has(occurrence)) this.wrong.push(`twice: ${occurrence}`);
    this.occurrences.add(occurrence);
    const { calendar } = notice.data;
    const earlier = this.sent.findLast(
      ({ data }) => calendar !== undefined && data.calendar?.uid === calendar.uid,
    );
    const before = earlier?.data.calendar;
    if (calendar !== undefined && calendar.sequence <= (before?.sequence ?? -1))
      this.wrong.push(`SEQUENCE does not rise: ${occurrence}`);
    if (calendar?.method === 'CANCEL' && before?.method !== 'REQUEST')
      this.wrong.push(`CANCEL without REQUEST: ${occurrence}`);
    this.sent.push(notice);
  }
}

function address(number: number): string {
  return `address-${String(number).padStart(4, '0')}`;
}
