import type { MeetingFacts, RegistrationPeople, StopFacts } from '../owners/owner-facts.js';
import { uidOf, type CalendarUid, type MeetingPlace, type PlannedNotice } from '../notices/planned-notice.js';
import { meetingFingerprint } from './stop-fingerprint.js';

/** Somebody who was told of a meeting, by ids: whom a cancellation has to reach. */
interface NotifiedPerson {
  readonly delegateId: string;
  readonly registrationId: string;
  readonly companyId: string;
}

/** What was told of a meeting's place, and to whom. */
export interface NotifiedMeeting {
  readonly place: MeetingPlace | null;
  readonly people: readonly NotifiedPerson[];
}

export interface MeetingPlanInput {
  readonly meeting: MeetingFacts;
  readonly people: ReadonlyMap<string, RegistrationPeople>;
  readonly stop: Pick<StopFacts, 'venue'>;
  readonly notified: NotifiedMeeting | null;
  readonly uids: readonly CalendarUid[];
  readonly hashOf: (email: string) => string;
  readonly at: Date;
}

export interface MeetingPlan {
  readonly notices: readonly PlannedNotice[];
  readonly uids: readonly CalendarUid[];
  readonly notified: NotifiedMeeting;
}

interface Comer extends NotifiedPerson {
  readonly addressHash: string;
}

/** The mails about a meeting's place: to those alone whose calendar shows something else. */
export function planMeeting(input: MeetingPlanInput): MeetingPlan {
  const { meeting, notified, uids, at } = input;
  const place = placeOf(meeting);
  // What has begun is told to nobody, and took place where it was.
  const shown = place ?? notified?.place ?? null;
  if (shown === null || Date.parse(shown.startsAt) <= at.getTime()) {
    return { notices: [], uids: [], notified: notified ?? { place: null, people: [] } };
  }
  const comers = place === null ? [] : comersOf(input);
  const invited = place === null ? [] : invite(input, comers, place);
  const stale = uids.filter((uid) => uid.state === 'active' && !comers.some(isOf(uid)));
  const ended = end(input, stale);
  const people = new Map([...(notified?.people ?? []), ...comers].map((one) => [one.delegateId, one]));
  return {
    notices: [...invited.map(({ notice }) => notice), ...ended.notices],
    uids: [...invited.map(({ uid }) => uid), ...ended.uids],
    notified: {
      place: place ?? notified?.place ?? null,
      people: [...people.values()].map(({ delegateId, registrationId, companyId }) => {
        return { delegateId, registrationId, companyId };
      }),
    },
  };
}

function placeOf({ startsAt, endsAt, tableNo }: MeetingFacts): MeetingPlace | null {
  return startsAt === null || endsAt === null || tableNo === null ? null : { startsAt, endsAt, tableNo };
}

function comersOf({ meeting, people, hashOf }: MeetingPlanInput): Comer[] {
  return [meeting.asker, meeting.asked].flatMap(({ companyId, delegateId, registrationId }) => {
    if (delegateId === null || registrationId === null) return [];
    const person = people.get(registrationId)?.delegates.find(({ id }) => id === delegateId);
    if (person === undefined) return [];
    return [{ companyId, delegateId, registrationId, addressHash: hashOf(person.email) }];
  });
}

function invite(
  input: MeetingPlanInput,
  comers: readonly Comer[],
  place: MeetingPlace,
): { notice: PlannedNotice; uid: CalendarUid }[] {
  const { meeting, stop, uids, at } = input;
  const fingerprint = meetingFingerprint(place, stop.venue);
  return comers.flatMap((comer) => {
    const known = uids.find((uid) => isOf(uid)(comer));
    if (known?.state === 'active' && known.fingerprint === fingerprint) return [];
    const uid: CalendarUid = {
      uid: known?.uid ?? uidOf('meeting', [meeting.meetingId, comer.delegateId], comer.addressHash),
      topicId: meeting.meetingId,
      recipientId: comer.delegateId,
      addressHash: comer.addressHash,
      sequence: known === undefined ? 0 : known.sequence + 1,
      fingerprint,
      state: 'active',
      since: known?.state === 'active' ? known.since : at,
    };
    const kind = known?.state === 'active' ? 'meeting-moved' : 'meeting-scheduled';
    return [{ uid, notice: noticeOf(input, comer, kind, uid) }];
  });
}

function end(
  input: MeetingPlanInput,
  stale: readonly CalendarUid[],
): { notices: PlannedNotice[]; uids: CalendarUid[] } {
  const uids = stale.map((uid) => ({ ...uid, state: 'cancelled' as const, sequence: uid.sequence + 1 }));
  const notices = uids.flatMap((uid) => {
    const one = input.notified?.people.find(({ delegateId }) => delegateId === uid.recipientId);
    if (one === undefined) return [];
    return [noticeOf(input, { ...one, addressHash: uid.addressHash }, 'meeting-cancelled', uid)];
  });
  return { uids, notices };
}

function noticeOf(
  { meeting, notified }: MeetingPlanInput,
  { delegateId, registrationId, companyId, addressHash }: Comer,
  kind: 'meeting-scheduled' | 'meeting-moved' | 'meeting-cancelled',
  { uid, sequence }: CalendarUid,
): PlannedNotice {
  const { meetingId, stopId, asker, asked } = meeting;
  return {
    kind,
    recipient: `delegate/${delegateId}`,
    occurrence: `${meetingId}/${addressHash.slice(0, 12)}@${sequence}`,
    stopId,
    registrationId,
    companyId,
    delegateId,
    addressHash,
    data: {
      calendar: { uid, sequence, method: kind === 'meeting-cancelled' ? 'CANCEL' : 'REQUEST' },
      meeting: {
        meetingId,
        partnerId: companyId === asker.companyId ? asked.companyId : asker.companyId,
        before: kind === 'meeting-scheduled' ? null : (notified?.place ?? null),
      },
    },
  };
}

function isOf(uid: CalendarUid) {
  return ({ delegateId, addressHash }: Pick<Comer, 'delegateId' | 'addressHash'>) =>
    uid.recipientId === delegateId && uid.addressHash === addressHash;
}
