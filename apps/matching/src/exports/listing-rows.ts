import type { Listing } from '#contracts';
import { localSecond } from '#calendar';
import { conceptOf } from '#reference-data';
import type { Cell } from '#spreadsheets';

/** A tour has stops in several zones, so its times stand on nobody's clock. */
const timeZone = 'UTC';

export const listingHeaders = [
  'Listing ID',
  'State',
  'Side',
  'Company ID',
  'Company (zh)',
  'Company (en)',
  'City',
  'Title (zh)',
  'Title (en)',
  'Text (zh)',
  'Text (en)',
  'Concepts',
  'Concepts (zh)',
  'Concepts (en)',
  'Expires at',
  'Created at',
  'Reason',
  'Time zone',
] as const;

export function listingRow(listing: Listing): Cell[] {
  const { id, state, side, companyId, company, title, text, concepts, reason } = listing;
  const time = (instant: string) => ({ shown: localSecond(new Date(instant), timeZone) });
  const labels = (language: 'zh' | 'en') =>
    concepts.map((concept) => conceptOf(concept)?.[language] ?? concept).join('; ');
  return [
    id,
    state,
    side,
    companyId,
    company.name.zh ?? null,
    company.name.en ?? null,
    company.city?.name.zh ?? null,
    title.zh ?? null,
    title.en ?? null,
    text.zh ?? null,
    text.en ?? null,
    concepts.join('; '),
    labels('zh'),
    labels('en'),
    time(listing.expiresAt),
    time(listing.createdAt),
    reason,
    timeZone,
  ];
}
