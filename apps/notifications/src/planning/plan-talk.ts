import type { ReleaseChange } from '#contracts';
import type { TemplateKind } from '../templates/mail-kind.js';
import { uidOf, type CalendarUid, type PlannedNotice, type TalkChange } from '../notices/planned-notice.js';
import { talkFingerprint } from './stop-fingerprint.js';

/** Somebody whom a talk concerns: who gives it, or who signed up for it. */
export interface TalkPerson {
  readonly role: 'speaker' | 'delegate';
  readonly id: string;
  readonly addressHash: string;
  readonly registrationId?: string;
  readonly companyId?: string;
}

export interface TalkPlanInput {
  readonly stopId: string;
  /** Null where no release made the change. */
  readonly release: number | null;
  readonly change: ReleaseChange;
  /** Present speakers whom the release shows, and present sign-ups. */
  readonly people: readonly TalkPerson[];
  readonly uids: readonly CalendarUid[];
  readonly at: Date;
}

export interface TalkPlan {
  readonly notices: readonly PlannedNotice[];
  readonly uids: readonly CalendarUid[];
}

/** The mails that one release makes about one talk: to those alone whose last mail is outdated. */
export function planTalk(input: TalkPlanInput): TalkPlan {
  const { change, uids } = input;
  if (change.to === null) return endTalk(input);
  const notices: PlannedNotice[] = [];
  const next: CalendarUid[] = [];
  const fingerprint = talkFingerprint({ title: change.title, ...change.to });
  for (const person of input.people) {
    const known = uids.find((uid) => uid.recipientId === person.id && uid.addressHash === person.addressHash);
    if (known?.state === 'active' && known.fingerprint === fingerprint) continue;
    // Who signed up knows what the timetable said; only a change is news.
    if (person.role === 'delegate' && known === undefined && !hasMoved(change)) continue;
    const entry = entryOf(input, person, known, fingerprint);
    next.push(entry);
    notices.push(noticeOf(input, person, kindOf(input, person, known), entry, 'REQUEST'));
  }
  const gone = endOf(
    input,
    uids.filter((uid) => uid.state === 'active' && !input.people.some(isOf(uid)) && isSpeaker(input, uid)),
  );
  return { notices: [...notices, ...gone.notices], uids: [...next, ...gone.uids] };
}

/**
 * The mails that another name or place of the stop makes about a talk whose own time and room stay: to speakers, whose
 * entries show it. Those who signed up have it from the mail about their seat.
 * @param version of the stop that changed it
 */
export function planPlaceOfTalk(input: Omit<TalkPlanInput, 'release'>, version: number): TalkPlan {
  const { people, uids, change, stopId } = input;
  const plans = people.flatMap((person) => {
    const known = uids.find((uid) => uid.state === 'active' && isOf(uid)(person));
    if (person.role !== 'speaker' || known === undefined) return [];
    const entry: CalendarUid = { ...known, sequence: known.sequence + 1 };
    const notice = noticeOf({ stopId, release: null, change }, person, 'talk-moved', entry, 'REQUEST');
    const occurrence = `${change.sessionId}/${person.addressHash.slice(0, 12)}@place-${version}`;
    return [{ entry, notice: { ...notice, occurrence } }];
  });
  return { uids: plans.map(({ entry }) => entry), notices: plans.map(({ notice }) => notice) };
}

/** The talk has no place any more: entries are void. */
function endTalk(input: TalkPlanInput): TalkPlan {
  const active = input.uids.filter(({ state }) => state === 'active');
  const ended = endOf(input, active);
  // Speakers whose mail came before entries were sent have none.
  const others = input.people.filter((person) => !input.uids.some((uid) => isOf(uid)(person)));
  return {
    uids: ended.uids,
    notices: [
      ...ended.notices,
      ...others.map((person) => noticeOf(input, person, endKind(person), null, 'CANCEL')),
    ],
  };
}

function endOf(input: TalkPlanInput, active: readonly CalendarUid[]): TalkPlan {
  const uids = active.map((uid): CalendarUid => ({ ...uid, state: 'cancelled', sequence: uid.sequence + 1 }));
  const notices = uids.flatMap((uid) => {
    const person = input.people.find(isOf(uid)) ?? formerSpeaker(input, uid);
    return person === null ? [] : [noticeOf(input, person, endKind(person), uid, 'CANCEL')];
  });
  return { uids, notices };
}

function kindOf(
  { change }: TalkPlanInput,
  { role }: TalkPerson,
  known: CalendarUid | undefined,
): TemplateKind {
  if (role === 'delegate') return 'session-moved';
  const isNew = known === undefined && !hasMoved(change);
  return isNew || known?.state === 'cancelled' ? 'talk-scheduled' : 'talk-moved';
}

function endKind({ role }: Pick<TalkPerson, 'role'>): TemplateKind {
  return role === 'speaker' ? 'talk-removed' : 'session-cancelled';
}

function hasMoved({ from, to }: ReleaseChange): boolean {
  if (from === null || to === null) return false;
  return from.startsAt !== to.startsAt || from.endsAt !== to.endsAt || from.roomId !== to.roomId;
}

function isOf(uid: CalendarUid) {
  return (person: TalkPerson) => uid.recipientId === person.id && uid.addressHash === person.addressHash;
}

function isSpeaker({ change }: TalkPlanInput, { recipientId }: CalendarUid): boolean {
  return change.speakerIds.before.includes(recipientId) || change.speakerIds.after.includes(recipientId);
}

/** A speaker who was taken out of a talk can be reached only while the session still names the address. */
function formerSpeaker(input: TalkPlanInput, uid: CalendarUid): TalkPerson | null {
  return isSpeaker(input, uid)
    ? { role: 'speaker', id: uid.recipientId, addressHash: uid.addressHash }
    : null;
}

function entryOf(
  { change, at }: TalkPlanInput,
  person: TalkPerson,
  known: CalendarUid | undefined,
  fingerprint: string,
): CalendarUid {
  return {
    uid: known?.uid ?? uidOf('talk', [change.sessionId, person.id], person.addressHash),
    topicId: change.sessionId,
    recipientId: person.id,
    addressHash: person.addressHash,
    sequence: known === undefined ? 0 : known.sequence + 1,
    fingerprint,
    state: 'active',
    since: at,
  };
}

function noticeOf(
  { stopId, release, change }: Pick<TalkPlanInput, 'stopId' | 'release' | 'change'>,
  person: TalkPerson,
  kind: TemplateKind,
  entry: CalendarUid | null,
  method: 'REQUEST' | 'CANCEL',
): PlannedNotice {
  const { sessionId, title, from, to } = change;
  const talk: TalkChange = { sessionId, title, from, to };
  return {
    kind,
    recipient: `${person.role}/${person.id}`,
    occurrence: `${sessionId}/${person.addressHash.slice(0, 12)}@release-${release ?? 0}`,
    stopId,
    sessionId,
    addressHash: person.addressHash,
    ...(person.role === 'speaker' ? { speakerId: person.id } : { delegateId: person.id }),
    ...(person.registrationId === undefined ? {} : { registrationId: person.registrationId }),
    ...(person.companyId === undefined ? {} : { companyId: person.companyId }),
    data: {
      talks: [talk],
      ...(release === null ? {} : { release }),
      ...(entry === null ? {} : { calendar: { uid: entry.uid, sequence: entry.sequence, method } }),
    },
  };
}

function releaseOf({ data: { release } }: PlannedNotice): { readonly release?: number } {
  return release === undefined ? {} : { release };
}

/** One mail a recipient where no entry has to stand alone in its mail. */
export function together(notices: readonly PlannedNotice[]): PlannedNotice[] {
  return [...Map.groupBy(notices, ({ recipient }) => recipient).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined || own.length === 1) return own;
    const isSpeakers = first.speakerId !== undefined;
    const kinds = new Set(own.map(({ kind }) => kind));
    const entries = own.flatMap(({ data: { calendar }, sessionId }) =>
      calendar === undefined || calendar.method === 'CANCEL' || sessionId === undefined
        ? []
        : [{ uid: calendar.uid, sequence: calendar.sequence, sessionId }],
    );
    return [
      {
        ...first,
        kind:
          kinds.size === 1 ? first.kind : isSpeakers ? ('talk-moved' as const) : ('session-moved' as const),
        data: { ...releaseOf(first), talks: own.flatMap(({ data }) => data.talks ?? []), entries },
      },
    ];
  });
}
