import type { Localized } from '#contracts';
import { type Delegate, type DelegationStatus, shownBadge } from '../seats/delegation.js';
import { localSecond } from '#calendar';
import type { Cell } from '#spreadsheets';

/** A delegate with the registration that an export shows beside them; times as of RFC 3339. */
export interface ExportedDelegate extends Omit<Delegate, 'id'> {
  readonly delegateId: string;
  readonly registrationId: string;
  readonly status: DelegationStatus;
  readonly companyId: string;
  readonly companyName: Localized;
  readonly note: string | null;
  readonly reason: string | null;
  readonly consentTextVersion: string | null;
  readonly consentAt: string | null;
  readonly createdAt: string;
  readonly checkedInAt: string | null;
}

/** The columns of both exports, in order. */
export const registrationHeaders = [
  'Registration ID',
  'Status',
  'Waiting list position',
  'Company ID',
  'Company (zh)',
  'Company (en)',
  'Delegate ID',
  'Name',
  'E-mail',
  'Mobile',
  'Job title',
  'Badge',
  'Checked in at',
  'Registered at',
  'Note',
  'Language',
  'Reason',
  'Privacy text',
  'Privacy text confirmed at',
  'Time zone',
] as const;

/** One row; times as the stop's clock shows them, null where there is nothing. */
export function registrationRow(
  row: ExportedDelegate,
  waitlistPosition: number | null,
  timeZone: string,
): Cell[] {
  const time = (instant: string | null) => instant && { shown: localSecond(instant, timeZone) };
  return [
    row.registrationId,
    row.status,
    waitlistPosition,
    row.companyId,
    row.companyName.zh ?? null,
    row.companyName.en ?? null,
    row.delegateId,
    row.name,
    row.email,
    row.mobile,
    row.jobTitle,
    shownBadge(row.status, row),
    time(row.checkedInAt),
    time(row.createdAt),
    row.note,
    row.language,
    row.reason,
    row.consentTextVersion,
    time(row.consentAt),
    timeZone,
  ];
}
