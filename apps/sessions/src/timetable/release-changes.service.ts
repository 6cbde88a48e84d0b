import { Injectable } from '@nestjs/common';
import { formatInstant, notFound, type InputOf, type OutputOf, type getReleaseChanges } from '#contracts';
import { Database, cutPage, decodeNumberCursor } from '#persistence';
import type { ReleaseEntity } from './release.entity.js';
import { ReleaseRepository } from './release.repository.js';
import { releaseChanges } from './release-changes.js';

/** Tells notifications what a release changed. */
@Injectable()
export class ReleaseChangesService {
  constructor(
    private readonly database: Database,
    private readonly releases: ReleaseRepository,
  ) {}

  async list(query: InputOf<typeof getReleaseChanges>): Promise<OutputOf<typeof getReleaseChanges>> {
    const { stopId, release: number, since = number - 1 } = query;
    const after = decodeNumberCursor(query.cursor);
    const [before, release] = [await this.find(stopId, since), await this.find(stopId, number)];
    if (release === null || (before === null && since > 0)) throw notFound('release of this timetable');
    const numbered = releaseChanges(before, release).map((change, index) => ({ change, number: index + 1 }));
    const page = numbered.slice(after, after + query.limit + 1);
    const { items, nextCursor } = cutPage(page, query.limit, (item) => [item.number]);
    return { ...headOf(release), items: items.map(({ change }) => change), nextCursor };
  }

  private find(stopId: string, version: number): Promise<ReleaseEntity | null> {
    return version < 1 ? Promise.resolve(null) : this.releases.find(this.database, stopId, version);
  }
}

function headOf({ version, publishedAt, note, stop }: ReleaseEntity) {
  const { id, tourId, name, city, venue, timeZone } = stop;
  return {
    release: { publishedAt: formatInstant(publishedAt), note, number: version },
    stop: { id, tourId, name, city, venue, timeZone },
  };
}
