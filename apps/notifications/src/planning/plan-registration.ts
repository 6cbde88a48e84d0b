import type { RegistrationStatus, StopState } from '#contracts';
import type { TemplateKind } from '../templates/mail-kind.js';
import { uidOf, type CalendarUid, type NoticeData, type PlannedNotice } from '../notices/planned-notice.js';

/** What happened to a registration since it was looked at last; all members are of the oldest piece of news. */
export interface RegistrationNews {
  /** The status before; `null` for a new registration. */
  readonly status?: RegistrationStatus | null;
  readonly delegateIds?: readonly string[] | null;
  readonly rescheduled?: { readonly startsAt: string; readonly endsAt: string; readonly version: number };
  readonly changed?: number;
}

export interface NotifiedRegistration {
  readonly status: RegistrationStatus | 'stop_cancelled';
}

interface Person {
  readonly delegateId: string;
  readonly addressHash: string;
}

export interface RegistrationNow {
  readonly registrationId: string;
  readonly companyId: string;
  readonly stopId: string;
  readonly status: RegistrationStatus;
  readonly version: number;
  readonly people: readonly Person[];
  /** Those who left it lately and can still be notified. */
  readonly departed: readonly Person[];
}

export interface RegistrationPlanInput {
  readonly now: RegistrationNow;
  readonly stop: {
    readonly status: StopState['status'];
    readonly version: number;
    readonly fingerprint: string;
    readonly startsAt: string;
  };
  readonly news: RegistrationNews;
  readonly notified: NotifiedRegistration | null;
  readonly uids: readonly CalendarUid[];
  readonly at: Date;
}

export interface RegistrationPlan {
  readonly notices: readonly PlannedNotice[];
  /** Entries that are new or changed. */
  readonly uids: readonly CalendarUid[];
  readonly notified: NotifiedRegistration;
}

const badgeBeforeMs = 7 * 24 * 3_600_000;
const live: readonly string[] = ['confirmed', 'pending', 'waitlisted'];

/**
 * Which mails a registration's present state makes, compared with the last mails. Decided from states and not from events,
 * so that what goes back and forth makes one mail, and nothing is mailed twice.
 */
export function planRegistration(input: RegistrationPlanInput): RegistrationPlan {
  const { now, stop, news, notified } = input;
  const status = stop.status === 'cancelled' ? 'stop_cancelled' : now.status;
  const before = notified?.status ?? (news.status === undefined ? status : news.status);
  const company = companyKind(before, status, news);
  const seats = status === 'confirmed' ? planSeats(input, before) : endSeats(input, status);
  return {
    notices: [...(company === null ? [] : [companyNotice(input, company)]), ...seats.notices],
    uids: seats.uids,
    notified: { status },
  };
}

type Status = NotifiedRegistration['status'];

function companyKind(before: Status | null, status: Status, news: RegistrationNews): TemplateKind | null {
  if (status === before)
    return news.rescheduled !== undefined && live.includes(status) ? 'stop-rescheduled' : null;
  switch (status) {
    case 'stop_cancelled':
      return before !== null && live.includes(before) ? 'stop-cancelled' : null;
    case 'confirmed':
      return before === 'waitlisted' ? 'registration-promoted' : 'registration-confirmed';
    case 'pending':
      return before === 'waitlisted' ? 'registration-promoted' : 'registration-pending';
    case 'waitlisted':
      return 'registration-waitlisted';
    case 'declined':
      return before === 'stop_cancelled' ? null : 'registration-declined';
    case 'cancelled':
      // Registered and cancelled before the first mail: nothing to send.
      return before === null || before === 'stop_cancelled' ? null : 'registration-cancelled';
  }
}

function companyNotice({ now, stop, news }: RegistrationPlanInput, kind: TemplateKind): PlannedNotice {
  const ofStop = kind === 'stop-rescheduled' || kind === 'stop-cancelled';
  return {
    kind,
    recipient: `company/${now.companyId}`,
    occurrence: `${now.registrationId}@${ofStop ? `stop-${stop.version}` : now.version}`,
    ...refs(now),
    data: kind === 'stop-rescheduled' ? previousOf(news) : {},
  };
}

interface SeatsPlan {
  readonly notices: PlannedNotice[];
  readonly uids: CalendarUid[];
}

/** A confirmed delegation: each person has an entry that says what is true, and those who left have none. */
function planSeats(input: RegistrationPlanInput, before: Status | null): SeatsPlan {
  const plan: SeatsPlan = { notices: [], uids: [] };
  const matched = new Set<string>();
  for (const person of input.now.people) {
    const known = input.uids.find(isOf(person));
    if (known !== undefined) matched.add(known.uid);
    planSeat(input, before, person, known, plan);
  }
  const left = input.uids.filter(({ uid, state }) => state === 'active' && !matched.has(uid));
  for (const uid of left) endSeat(input, uid, 'seat-passed-on', input.now.departed, plan);
  return plan;
}

function planSeat(
  input: RegistrationPlanInput,
  before: Status | null,
  person: Person,
  known: CalendarUid | undefined,
  plan: SeatsPlan,
): void {
  const { news, stop } = input;
  const stopKind =
    news.rescheduled !== undefined ? 'stop-rescheduled' : news.changed !== undefined ? 'stop-changed' : null;
  if (known?.state === 'active') {
    if (known.fingerprint === stop.fingerprint) return;
    return invite(input, person, stopKind ?? 'stop-changed', known, plan);
  }
  if (known === undefined && hadSeatBefore(input, person)) {
    if (stopKind !== null) return invite(input, person, stopKind, known, plan);
    plan.uids.push(entryOf(input, person, known));
    return;
  }
  invite(input, person, before === 'waitlisted' ? 'seat-promoted' : 'seat-confirmed', known, plan);
  const isNear = Date.parse(stop.startsAt) - input.at.getTime() < badgeBeforeMs;
  // Earlier it comes with the reminder, or on its own a week before.
  if (isNear) plan.notices.push(delegateNotice(input, person, 'badge', {}));
}

/** Before mail was sent here, or before this registration had news: its people heard of it from the company. */
function hadSeatBefore({ news, notified, now }: RegistrationPlanInput, { delegateId }: Person): boolean {
  if (notified !== null) return false;
  if (news.status === undefined) return true;
  const isSubstitute = now.departed.some((departed) => departed.delegateId === delegateId);
  return news.status === 'confirmed' && !isSubstitute && news.delegateIds?.includes(delegateId) === true;
}

function invite(
  input: RegistrationPlanInput,
  person: Person,
  kind: TemplateKind,
  known: CalendarUid | undefined,
  plan: SeatsPlan,
): void {
  const entry = entryOf(input, person, known);
  plan.uids.push(entry);
  const { uid, sequence } = entry;
  const previous = kind === 'stop-rescheduled' ? previousOf(input.news) : {};
  plan.notices.push(
    delegateNotice(input, person, kind, { calendar: { uid, sequence, method: 'REQUEST' }, ...previous }),
  );
}

/** No seats, or no more: calendar entries that were sent are cancelled. */
function endSeats(input: RegistrationPlanInput, status: Status): SeatsPlan {
  const { now, uids, news, notified } = input;
  const plan: SeatsPlan = { notices: [], uids: [] };
  const kind = status === 'stop_cancelled' ? 'stop-cancelled' : 'seat-cancelled';
  const reachable = [...now.people, ...now.departed];
  for (const uid of uids.filter(({ state }) => state === 'active'))
    endSeat(input, uid, kind, reachable, plan);
  // Those who had a seat before mails were sent here have no entry from here.
  const hadSeats = notified === null && news.status === 'confirmed' && uids.length === 0;
  if (hadSeats)
    for (const person of now.people)
      if (news.delegateIds?.includes(person.delegateId) ?? true)
        plan.notices.push(delegateNotice(input, person, kind, {}));
  return plan;
}

function endSeat(
  input: RegistrationPlanInput,
  known: CalendarUid,
  kind: TemplateKind,
  reachable: readonly Person[],
  plan: SeatsPlan,
): void {
  const ended: CalendarUid = { ...known, state: 'cancelled', sequence: known.sequence + 1, since: input.at };
  plan.uids.push(ended);
  const person = reachable.find(({ addressHash }) => addressHash === known.addressHash);
  // Erased, or gone too long: nobody to notify.
  if (person === undefined) return;
  const { uid, sequence } = ended;
  plan.notices.push(
    delegateNotice(input, { ...person, delegateId: known.recipientId }, kind, {
      calendar: { uid, sequence, method: 'CANCEL' },
    }),
  );
}

function entryOf(
  { now, stop, at }: RegistrationPlanInput,
  person: Person,
  known: CalendarUid | undefined,
): CalendarUid {
  return {
    uid: known?.uid ?? uidOf('seat', [person.delegateId], person.addressHash),
    topicId: now.registrationId,
    recipientId: person.delegateId,
    addressHash: person.addressHash,
    sequence: known === undefined ? 0 : known.sequence + 1,
    fingerprint: stop.fingerprint,
    state: 'active',
    since: known?.state === 'active' ? known.since : at,
  };
}

function delegateNotice(
  { now }: RegistrationPlanInput,
  { delegateId, addressHash }: Person,
  kind: TemplateKind,
  data: NoticeData,
): PlannedNotice {
  const turn = data.calendar === undefined ? now.version : data.calendar.sequence;
  return {
    kind,
    recipient: `delegate/${delegateId}`,
    occurrence: `${now.registrationId}/${addressHash.slice(0, 12)}@${turn}`,
    ...refs(now),
    delegateId,
    addressHash,
    data,
  };
}

function refs({ stopId, registrationId, companyId }: RegistrationNow) {
  return { stopId, registrationId, companyId };
}

function previousOf({ rescheduled }: RegistrationNews): NoticeData {
  if (rescheduled === undefined) return {};
  return { previous: { startsAt: rescheduled.startsAt, endsAt: rescheduled.endsAt } };
}

function isOf({ delegateId, addressHash }: Person) {
  return (uid: CalendarUid) => uid.recipientId === delegateId && uid.addressHash === addressHash;
}
