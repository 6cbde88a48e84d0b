import { Injectable } from '@nestjs/common';
import { zonedRange } from '#calendar';
import { Problem, formatInstant, type Localized } from '#contracts';
import { violatedConstraint, Database } from '#persistence';

interface Range {
  startsAt: string;
  endsAt: string;
}

/** A write that the exclusion constraint refused, with what was to be written. */
export class OverlapError extends Error {
  constructor(
    readonly stopId: string,
    readonly tourId: string,
    readonly range: Range,
  ) {
    super('The stop would overlap another one of its tour.');
  }
}

export function isOverlap(error: unknown): boolean {
  return violatedConstraint(error) === 'stops_of_tour_overlap';
}

interface Found {
  id: string;
  name: Localized;
  time_zone: string;
  starts_at: Date;
  ends_at: Date;
}

/** Says what a refused stop overlaps. Asked after the refused transaction, so the other may have moved by then. */
@Injectable()
export class OverlapRepository {
  constructor(private readonly database: Database) {}

  async explainStop(error: unknown): Promise<never> {
    if (!(error instanceof OverlapError)) throw error;
    const { stopId, tourId, range } = error;
    throw problemOf(
      (await this.database.query(
        `SELECT id, name, time_zone, starts_at, ends_at FROM stops
          WHERE tour_id = $1 AND id <> $2 AND status <> 'cancelled'
            AND tstzrange(starts_at, ends_at) && tstzrange($3, $4) ORDER BY starts_at LIMIT 10`,
        [tourId, stopId, range.startsAt, range.endsAt],
      )) as Found[],
    );
  }

  /** For a tour that is to forbid overlaps while some of its stops overlap. */
  async explainTour(error: unknown, tourId: string): Promise<never> {
    if (!isOverlap(error)) throw error;
    throw problemOf(
      (await this.database.query(
        `SELECT id, name, time_zone, starts_at, ends_at FROM stops AS one
          WHERE tour_id = $1 AND status <> 'cancelled' AND EXISTS (
            SELECT 1 FROM stops AS other
             WHERE other.tour_id = $1 AND other.id <> one.id AND other.status <> 'cancelled'
               AND tstzrange(one.starts_at, one.ends_at) && tstzrange(other.starts_at, other.ends_at))
          ORDER BY starts_at LIMIT 10`,
        [tourId],
      )) as Found[],
    );
  }
}

function problemOf(found: Found[]): Problem {
  const conflicts = found.map((stop) => ({
    stopId: stop.id,
    name: stop.name,
    startsAt: formatInstant(stop.starts_at),
    endsAt: formatInstant(stop.ends_at),
  }));
  const [first] = found;
  const which =
    first === undefined ? '' : `: ${first.name.zh ?? first.name.en ?? first.id}, ${clockOf(first)}`;
  return new Problem(
    'stop.overlap',
    `Another stop of the tour takes place at this time${which}; the tour does not allow overlappingStops.`,
    { conflicts },
  );
}

function clockOf({ starts_at: from, ends_at: to, time_zone: timeZone }: Found): string {
  return zonedRange({ startsAt: formatInstant(from), endsAt: formatInstant(to) }, timeZone);
}
