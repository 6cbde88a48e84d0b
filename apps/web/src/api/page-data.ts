import type { Stop, Timetable, TimetableRelease, Tour } from '#contracts';
import { ApiUnavailable, type KnownAnswer } from './known-answers.js';

export interface Availability {
  readonly capacity: number;
  readonly confirmed: number;
  readonly pending: number;
  readonly waitlisted: number;
  readonly left: number;
}

export interface SessionSeats {
  readonly sessionId: string;
  readonly total: number;
  readonly taken: number;
}

/** What the page is about does not exist, or is not public. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** Lists are read in pages of the largest size; no more than this many, so that one page can't ask without end. */
const pageSize = 200;
const maxPages = 10;

/** What one page reads of the API, and how current it is. */
export class PageData {
  /** The entity tags of all that was read: equal ones mean an equal page. */
  readonly etags: string[] = [];
  /** Since when the oldest of it is known, where a service did not answer. */
  staleSinceMs: number | undefined;

  constructor(private readonly read: (path: string) => Promise<{ answer: KnownAnswer; stale: boolean }>) {}

  tours = (): Promise<Tour[]> => this.list<Tour>('/v1/tours');
  tour = (id: string): Promise<Tour> => this.one<Tour>(`/v1/tours/${part(id)}`);
  stopsOf = (tourId: string): Promise<Stop[]> => this.list<Stop>(`/v1/tours/${part(tourId)}/stops`);
  stop = (id: string): Promise<Stop> => this.one<Stop>(`/v1/stops/${part(id)}`);

  releases = (stopId: string): Promise<TimetableRelease[]> =>
    this.list<TimetableRelease>(`/v1/stops/${part(stopId)}/timetable/releases`);

  /** A list of what belongs to a tour; an empty one where there is none of its kind here. */
  listOf = async <T>(tourId: string, what: string): Promise<readonly T[]> => {
    try {
      return await this.list<T>(`/v1/tours/${part(tourId)}/${what}`);
    } catch (error) {
      if (error instanceof NotFound) return [];
      throw error;
    }
  };

  /** What a page can show and can do without. */
  findUnlessAway = <T>(path: string): Promise<T | null> => this.unlessAway(this.find<T>(path));

  /** The seats of a stop, or `null` where they are not known right now. */
  availability = (stopId: string): Promise<Availability | null> =>
    this.unlessAway(this.find<Availability>(`/v1/stops/${part(stopId)}/availability`));

  /** The timetable, or `null` where none is out. */
  timetable = (stopId: string, release?: string): Promise<Timetable | null> =>
    this.find<Timetable>(
      `/v1/stops/${part(stopId)}/timetable${release === undefined ? '' : `?release=${part(release)}`}`,
    );

  /** The seats of the sessions, or an empty list where they are not known. */
  sessionSeats = async (stopId: string): Promise<readonly SessionSeats[]> => {
    const page = await this.unlessAway(
      this.find<Page<SessionSeats>>(`/v1/stops/${part(stopId)}/session-seats`),
    );
    return page?.items ?? [];
  };

  /** @throws NotFound, ApiUnavailable */
  async one<T>(path: string): Promise<T> {
    const found = await this.find<T>(path);
    if (found === null) throw new NotFound(path);
    return found;
  }

  /** @returns `null` where it does not exist */
  async find<T>(path: string): Promise<T | null> {
    const { answer, stale } = await this.read(path);
    this.etags.push(answer.etag);
    if (stale) this.staleSinceMs = Math.min(this.staleSinceMs ?? Infinity, answer.asOfMs);
    return (answer.value as T | undefined) ?? null;
  }

  private async list<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let cursor = '';
    for (let page = 0; page < maxPages; page += 1) {
      const { items: some, nextCursor } = await this.one<Page<T>>(`${path}?limit=${pageSize}${cursor}`);
      items.push(...some);
      if (nextCursor === null) break;
      cursor = `&cursor=${encodeURIComponent(nextCursor)}`;
    }
    return items;
  }

  /** For what a page can do without. */
  private async unlessAway<T>(reading: Promise<T | null>): Promise<T | null> {
    try {
      return await reading;
    } catch (error) {
      if (error instanceof ApiUnavailable) {
        this.etags.push('unknown');
        return null;
      }
      throw error;
    }
  }
}

const part = (text: string): string => encodeURIComponent(text);
