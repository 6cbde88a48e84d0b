import type { Reader } from '#persistence';
import type { NamedKind } from '../codes/code-derivation.service.js';

/** One stored code: what it names, and its hash. */
export interface StoredCode {
  readonly kind: NamedKind;
  readonly id: string;
  readonly hash: Buffer;
}

/** The newest code of each kind. */
export async function newestCodes(reader: Reader): Promise<StoredCode[]> {
  return (await reader.query(
    `SELECT DISTINCT ON (kind) kind, named_id AS id, hash FROM codes ORDER BY kind, named_id DESC`,
  )) as StoredCode[];
}

/** The series whose announced numbers are not 1, 2, 3 … up to the last that was given out. */
export async function brokenSeries(reader: Reader): Promise<string[]> {
  const rows = (await reader.query(
    `SELECT c.series
       FROM series_counters c
       LEFT JOIN members m ON m.organization_id = c.organization_id AND m.series = c.series AND m.number IS NOT NULL
      GROUP BY c.organization_id, c.series, c.last
     HAVING count(m.number) <> c.last OR coalesce(min(m.number), 1) <> 1 OR coalesce(max(m.number), 0) <> c.last
      ORDER BY c.series`,
  )) as { series: string }[];
  return rows.map(({ series }) => series);
}
