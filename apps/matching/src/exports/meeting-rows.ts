import type { Localized } from '#contracts';
import { localSecond } from '#calendar';
import type { Cell } from '#spreadsheets';
import type { MeetingRecord } from '../meetings/meeting.js';

export const meetingHeaders = [
  'Meeting ID',
  'Status',
  'Asker ID',
  'Asker (zh)',
  'Asker (en)',
  'Asked ID',
  'Asked (zh)',
  'Asked (en)',
  'Starts at',
  'Ends at',
  'Table',
  'Missed by',
  'Reason',
  'Message',
  'Listing ID',
  'Requested at',
  'Asker delegate ID',
  'Asked delegate ID',
  'Time zone',
] as const;

/** One row; times as the stop's clock shows them. Delegates stand there by their ids: a list discloses nobody. */
export function meetingRow(
  meeting: MeetingRecord,
  names: ReadonlyMap<string, { readonly name: Localized }>,
  timeZone: string,
): Cell[] {
  const time = (instant: string | null) =>
    instant === null ? null : { shown: localSecond(new Date(instant), timeZone) };
  const company = (id: string): Cell[] => {
    const name = names.get(id)?.name;
    return [id, name?.zh ?? null, name?.en ?? null];
  };
  return [
    meeting.id,
    meeting.status,
    ...company(meeting.askerId),
    ...company(meeting.askedId),
    time(meeting.startsAt),
    time(meeting.endsAt),
    meeting.tableNo,
    meeting.missed,
    meeting.reason,
    meeting.message,
    meeting.listingId,
    time(meeting.createdAt),
    meeting.askerDelegateId,
    meeting.askedDelegateId,
    timeZone,
  ];
}
