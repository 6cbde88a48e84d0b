import type { DatabaseBackup, Manifest } from '#persistence';

/** One line a database: what was copied, and as of when. */
export function linesOf({ databases }: Manifest): string {
  return databases.map((one) => `  ${one.service.padEnd(14)} ${summaryOf(one)}\n`).join('');
}

function summaryOf({ tables, takenAt }: DatabaseBackup): string {
  const sum = (key: 'rows' | 'bytes') => tables.reduce((total, table) => total + table[key], 0);
  return `${sum('rows')} rows, ${(sum('bytes') / 1_000_000).toFixed(1)} MB, as of ${takenAt}`;
}
