import { type Delegation, shownBadge } from '../seats/delegation.js';
import { guardCell } from './formula-guard.js';

/** A delegation with what an export shows beyond it. */
export interface ExportedDelegation extends Delegation {
  readonly waitlistPosition: number | null;
  readonly companyName: { readonly zh?: string | undefined; readonly en?: string | undefined };
  /** By delegate id; absent until checked in. */
  readonly checkedInAt: ReadonlyMap<string, Date>;
}

/** The columns of both exports, in order; every cell is text or a number. */
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
] as const;

/** One row a delegate, in the order given; instants in UTC, what is absent is an empty cell, no cell can run as a formula. */
export function registrationRows(delegations: Iterable<ExportedDelegation>): (string | number)[][] {
  return [...delegations].flatMap((delegation) =>
    delegation.delegates.map((delegate) => {
      const { id, status, waitlistPosition, companyId, companyName, createdAt, note } = delegation;
      const checkedInAt = delegation.checkedInAt.get(delegate.id)?.toISOString();
      const registration = [id, status, waitlistPosition, companyId, companyName.zh, companyName.en];
      const person = [delegate.id, delegate.name, delegate.email, delegate.mobile, delegate.jobTitle];
      const times = [shownBadge(status, delegate), checkedInAt, createdAt.toISOString(), note];
      return [...registration, ...person, ...times].map(cell);
    }),
  );
}

function cell(value: string | number | null | undefined): string | number {
  if (value === null || value === undefined) return '';
  return typeof value === 'number' ? value : guardCell(value);
}
