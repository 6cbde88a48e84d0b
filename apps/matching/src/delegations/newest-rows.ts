import type { DelegationRow } from './delegation-row.js';

/** One row for each delegation: its newest state, and whether it was live in any. */
export function newestRows(rows: readonly DelegationRow[]): DelegationRow[] {
  const newest = new Map<string, DelegationRow>();
  for (const row of rows) {
    const known = newest.get(row.registrationId) ?? row;
    const later = known.version < row.version ? row : known;
    newest.set(row.registrationId, { ...later, everLive: known.everLive || row.everLive });
  }
  return [...newest.values()];
}
