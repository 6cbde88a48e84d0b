/**
 * One person of a delegation. The badge exists from the start but is shown, and valid, only while confirmed; nobody has
 * it any more once the person was erased.
 */
export interface Delegate {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly mobile: string | null;
  readonly jobTitle: string | null;
  readonly language: 'zh' | 'en' | null;
  readonly badge: string | null;
}

/** The privacy text that a company says its delegates know, and when it said so. */
export interface Consent {
  readonly textVersion: string;
  readonly at: Date;
}

/** As the columns of a row hold it. */
export function consentOf(textVersion: string | null, at: Date | null): Consent | null {
  return textVersion === null || at === null ? null : { textVersion, at };
}

export type DelegationStatus = 'confirmed' | 'pending' | 'waitlisted' | 'declined' | 'cancelled';

/** One company's registration at one stop. It takes as many seats as it has delegates. */
export interface Delegation {
  readonly id: string;
  readonly companyId: string;
  readonly status: DelegationStatus;
  readonly delegates: readonly Delegate[];
  readonly note: string | null;
  readonly consent: Consent | null;
  /** Why it was declined or cancelled. */
  readonly reason: string | null;
  /** The place in the queue: set exactly while waitlisted, never given twice at one stop. */
  readonly queueNumber: number | null;
  readonly createdAt: Date;
  readonly version: number;
}

/** The moves that a caller can ask for, and where each leads from which status. What is not listed is forbidden. */
export const moves = {
  approve: { pending: 'confirmed' },
  decline: { pending: 'declined', waitlisted: 'declined' },
  cancel: { confirmed: 'cancelled', pending: 'cancelled', waitlisted: 'cancelled' },
} as const satisfies Record<string, Partial<Record<DelegationStatus, DelegationStatus>>>;

export type Move = keyof typeof moves;

/** Where a seat leads to, at registration and at promotion alike. */
export const seatedStatus = { automatic: 'confirmed', manual: 'pending' } as const;

export type Approval = keyof typeof seatedStatus;

/** The status that a move leads to, or null where the status forbids it. */
export function statusAfter(move: Move, from: DelegationStatus): DelegationStatus | null {
  const row: Partial<Record<DelegationStatus, DelegationStatus>> = moves[move];
  return row[from] ?? null;
}

/** Live means: counts against "one per company and stop", and may still be amended. */
export function isLive(delegation: Pick<Delegation, 'status'>): boolean {
  return delegation.status !== 'declined' && delegation.status !== 'cancelled';
}

/** The badge as the outside may see it: only a confirmed delegate has one. */
export function shownBadge(status: DelegationStatus, delegate: Pick<Delegate, 'badge'>): string | null {
  return status === 'confirmed' ? delegate.badge : null;
}

/** Two addresses with one key are one person's: case and Unicode form do not tell people apart. */
export function emailKey(email: string): string {
  return email.trim().normalize('NFC').toLowerCase();
}

export interface DelegateChanges {
  readonly added: readonly Delegate[];
  readonly changed: readonly Delegate[];
  readonly removed: readonly Delegate[];
  /** Those of the changed seats on which somebody else sits now: the check-in was another person's. */
  readonly newPersonIds: ReadonlySet<string>;
  /** Badges that admitted somebody before and no longer do: a scan must answer `badge.not_valid`, not "unknown". */
  readonly endedBadges: readonly { readonly badge: string; readonly delegateId: string }[];
  /** The persons who are no longer in the delegation, as they were. */
  readonly departed: readonly Delegate[];
}

/** What to write for the delegates between two states of a delegation; `before` is null for a new one. */
export function delegateChanges(before: Delegation | null, after: Delegation): DelegateChanges {
  const old = new Map(before?.delegates.map((delegate) => [delegate.id, delegate]));
  const kept = new Set(after.delegates.map((delegate) => delegate.id));
  const removed = [...old.values()].filter((delegate) => !kept.has(delegate.id));
  const changed = after.delegates.filter((delegate) => {
    const was = old.get(delegate.id);
    return was !== undefined && was !== delegate;
  });
  const replaced = changed.flatMap((delegate) => {
    const was = old.get(delegate.id);
    return was === undefined || was.badge === delegate.badge ? [] : [was];
  });
  const newPersons = changed.filter((one) => isNewPerson(old.get(one.id), one));
  return {
    added: after.delegates.filter((delegate) => !old.has(delegate.id)),
    changed,
    removed,
    newPersonIds: new Set(newPersons.map(({ id }) => id)),
    departed: [...removed, ...newPersons.flatMap(({ id }) => old.get(id) ?? [])],
    endedBadges: [...removed, ...replaced].flatMap(({ badge, id }) =>
      badge === null ? [] : [{ badge, delegateId: id }],
    ),
  };
}

/** An erased delegate is nobody else: the person still came. */
function isNewPerson(before: Delegate | undefined, after: Delegate): boolean {
  return before !== undefined && after.badge !== null && emailKey(before.email) !== emailKey(after.email);
}
