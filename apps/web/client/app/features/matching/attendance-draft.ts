import type { MeetingAttendance, MeetingRules } from '#contracts/meetings';
import { instantOf, localOf } from '../../../../shared/local-time.js';

export interface PeriodRow {
  readonly from: string;
  readonly to: string;
}

/** Who comes to meetings, and when nobody can, as it is typed: dates on the clock of the stop. */
export interface AttendanceDraft {
  readonly delegateIds: readonly string[];
  readonly unavailable: readonly PeriodRow[];
  /** Empty where the company wants no maximum. */
  readonly maxMeetings: string;
}

export function draftOfAttendance(
  { delegateIds, unavailable, maxMeetings }: Omit<MeetingAttendance, 'companyId'>,
  timeZone: string,
): AttendanceDraft {
  return {
    delegateIds,
    unavailable: unavailable.map(({ from, to }) => ({
      from: localOf(from, timeZone),
      to: localOf(to, timeZone),
    })),
    maxMeetings: maxMeetings === null ? '' : String(maxMeetings),
  };
}

export type AttendanceFault = 'nobody' | 'missing' | 'order' | 'number';

export function faultsOfAttendance(draft: AttendanceDraft, timeZone: string): Map<string, AttendanceFault> {
  const faults = new Map<string, AttendanceFault>();
  if (draft.delegateIds.length === 0) faults.set('/delegateIds', 'nobody');
  draft.unavailable.forEach((row, at) => {
    const [from, to] = [instantOf(row.from, timeZone), instantOf(row.to, timeZone)];
    if (from === null) faults.set(`/unavailable/${at}/from`, 'missing');
    if (to === null) faults.set(`/unavailable/${at}/to`, 'missing');
    else if (from !== null && Date.parse(from) >= Date.parse(to))
      faults.set(`/unavailable/${at}/to`, 'order');
  });
  const most = plain(draft.maxMeetings);
  if (most !== '' && !(/^\d{1,4}$/.test(most) && Number(most) >= 1 && Number(most) <= 1_000))
    faults.set('/maxMeetings', 'number');
  return faults;
}

export function attendanceBody(draft: AttendanceDraft, timeZone: string) {
  const most = plain(draft.maxMeetings);
  return {
    delegateIds: draft.delegateIds,
    unavailable: draft.unavailable.map(({ from, to }) => ({
      from: instantOf(from, timeZone) ?? from,
      to: instantOf(to, timeZone) ?? to,
    })),
    maxMeetings: most === '' ? null : Number(most),
  };
}

const plain = (text: string): string => text.normalize('NFKC').trim();

type Times = Pick<MeetingRules, 'starts' | 'slots'>;

/** The slots of a stop, and whether the company has another meeting or said that it has no time then. */
export function slotChoices(
  { starts, slots }: Times,
  own: readonly { readonly id: string; readonly startsAt: string | null; readonly endsAt: string | null }[],
  unavailable: readonly { readonly from: string; readonly to: string }[],
  meetingId: string,
): { startsAt: string; isBusy: boolean }[] {
  const periods = [
    ...unavailable.map(({ from, to }) => [Date.parse(from), Date.parse(to)] as const),
    ...own.flatMap(({ id, startsAt, endsAt }) =>
      id === meetingId || startsAt === null || endsAt === null
        ? []
        : [[Date.parse(startsAt), Date.parse(endsAt)] as const],
    ),
  ];
  return starts.map((startsAt) => {
    const from = Date.parse(startsAt);
    const to = from + slots.minutes * 60_000;
    return { startsAt, isBusy: periods.some(([begin, end]) => begin < to && from < end) };
  });
}
