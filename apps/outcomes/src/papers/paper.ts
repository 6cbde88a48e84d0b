import type { Paper } from '#contracts';

export interface PaperRecord extends Omit<Paper, 'code' | 'state'> {
  readonly organizationId: string;
}

export function shownPaper(
  { organizationId: _organizationId, ...rest }: PaperRecord,
  codeOf: (id: string) => string,
): Paper {
  const isAnnounced = rest.announcedAt !== null;
  return { ...rest, state: isAnnounced ? 'announced' : 'draft', code: isAnnounced ? codeOf(rest.id) : null };
}

export function auditedPaper({
  tourId,
  stopId,
  title,
  edition,
  url,
  announcedAt,
  corrects,
}: PaperRecord): object {
  return { tourId, stopId, title, edition, url, announcedAt, corrects };
}

/** Its event; written once, since it never changes. */
export function announcedPaper({ id, tourId, stopId, organizationId, announcedAt, version }: PaperRecord) {
  return {
    kind: 'paper' as const,
    id,
    tourId,
    stopId,
    organizationId,
    companyIds: [],
    count: 1,
    announcedAt: announcedAt ?? '',
    version,
  };
}
