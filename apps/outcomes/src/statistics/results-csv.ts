import type { FunnelStep } from '#contracts';

const header = ['stopId', 'stage', 'unit', 'numerator', 'denominator'];

/** RFC 4180. No value needs quotes: ids, words, whole numbers and `<5`. */
export function resultsCsv(
  parts: readonly { readonly stopId: string | null; readonly funnel: readonly FunnelStep[] }[],
): string {
  const rows = parts.flatMap(({ stopId, funnel }) =>
    funnel.map(({ stage, unit, numerator, denominator }) => [
      stopId ?? '',
      stage,
      unit,
      numerator,
      denominator,
    ]),
  );
  return [header, ...rows].map((row) => `${row.join(',')}\r\n`).join('');
}
