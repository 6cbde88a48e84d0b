import { timeZoneLinks, timeZoneNames } from './time-zones.data.js';

/** The canonical name of every known name, found by its lower-case spelling. */
const canonicalNames = new Map<string, string>([
  ['utc', 'UTC'],
  ...rowsOf(timeZoneNames).map((name) => [name.toLowerCase(), name] as const),
  ...rowsOf(timeZoneLinks).map(linkOf),
]);

/**
 * The canonical name of an IANA time zone that names a place, or of UTC; null for every other name. The spelling's
 * case does not matter, and a link is followed: `asia/chongqing` → `Asia/Shanghai`. Abbreviations (`CST`), countries
 * (`PRC`) and fixed offsets (`Etc/GMT-8`) name no place and mean different things to different people.
 */
export function canonicalTimeZone(name: string): string | null {
  return canonicalNames.get(name.toLowerCase()) ?? null;
}

function linkOf(row: string): readonly [string, string] {
  const [name = '', target = ''] = row.split(' ');
  return [name.toLowerCase(), target];
}

function rowsOf(table: string): string[] {
  return table.trim().split('\n');
}
