import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** One fault as it went. */
export interface FaultRow {
  fault: string;
  acknowledged: number;
  lostConnections: number;
  refused: number;
  slowestRefusalMs: number;
  /** From the fault until the system was ready and ten more registrations were acknowledged. */
  backMs: number;
  tookMs: number;
  wrong: number;
  remark: string;
}

/** Keeps the row for the table at the end; without `npm run test:faults` there is none. */
export function writeRow(row: FaultRow): void {
  const file = process.env['FAULTS_TABLE'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(row)}\n`);
}

const titles = ['fault', 'acknowledged', 'lost', '503', 'slowest 503', 'back after', 'wrong', ''];

/** The table that `npm run test:faults` ends with. */
export function tableOf(file: string): string {
  if (!existsSync(file)) return 'No fault was tried.';
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as FaultRow);
  const cells = rows.map((row) => [
    row.fault,
    String(row.acknowledged),
    String(row.lostConnections),
    String(row.refused),
    row.refused === 0 ? '' : `${row.slowestRefusalMs} ms`,
    `${(row.backMs / 1_000).toFixed(1)} s`,
    String(row.wrong),
    row.remark,
  ]);
  const all = [titles, ...cells];
  const widths = titles.map((_, column) => Math.max(...all.map((line) => (line[column] ?? '').length)));
  return all
    .map((line) =>
      line
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
