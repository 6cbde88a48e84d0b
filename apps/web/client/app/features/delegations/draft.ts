import type { PersonRow } from './paste.js';

/** What was typed for one stop, kept in this tab: a reload, a sign-out or a 503 loses nothing. */
export interface Draft {
  readonly rows: readonly PersonRow[];
  readonly note: string;
  /** Sent with the registration: pressing twice, or again after a lost answer, has one effect. */
  readonly idempotencyKey: string;
}

const keyOf = (stopId: string): string => `delegation ${stopId}`;

export function readDraft(stopId: string): Draft | null {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(stopId)) ?? 'null');
    return isDraft(kept) ? kept : null;
  } catch {
    return null;
  }
}

export function keepDraft(stopId: string, draft: Draft): void {
  try {
    sessionStorage.setItem(keyOf(stopId), JSON.stringify(draft));
  } catch {
    // A full or forbidden storage keeps nobody from registering.
  }
}

export function forgetDraft(stopId: string): void {
  sessionStorage.removeItem(keyOf(stopId));
}

function isDraft(kept: unknown): kept is Draft {
  return typeof kept === 'object' && kept !== null && Array.isArray((kept as Draft).rows);
}
