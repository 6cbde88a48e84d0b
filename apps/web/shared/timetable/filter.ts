/** What a reader may choose of a timetable; an empty value chooses everything. */
export interface TimetableFilter {
  readonly room: string;
  readonly track: string;
  readonly language: string;
  readonly q: string;
}

/** What of a session the filter looks at. */
export interface FilteredSession {
  readonly room: string;
  readonly track: string;
  readonly language: string;
  /** Titles, speakers and the like, in every language that there is. */
  readonly text: string;
}

export const filterFields = ['room', 'track', 'language', 'q'] as const;

/** Compatible forms and upper case make no difference: full-width letters of a Chinese keyboard find plain ones. */
export const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

export function matches(session: FilteredSession, filter: TimetableFilter): boolean {
  return (
    (filter.room === '' || filter.room === session.room) &&
    (filter.track === '' || filter.track === session.track) &&
    (filter.language === '' || filter.language === session.language) &&
    folded(session.text).includes(folded(filter.q.trim()))
  );
}
