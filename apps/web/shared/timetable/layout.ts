import { dayOf } from '../time.js';

/** What of a session decides its place. */
export interface PlacedSession {
  readonly id: string;
  readonly roomId: string;
  readonly startsAt: string;
  readonly endsAt: string;
}

/** From one edge of a session to the next: one row of the grid, or a pause in which nothing happens. */
export interface Slice {
  readonly from: string;
  readonly to: string;
  readonly minutes: number;
  readonly isPause: boolean;
}

export interface Place {
  /** Lines of the grid, from 1; row 1 holds the names of the rooms, column 1 the times. */
  readonly row: number;
  readonly rowEnd: number;
  readonly column: number;
}

export interface Day<Session extends PlacedSession> {
  /** On the stop's calendar, as `2027-01-16`. */
  readonly date: string;
  /** In order of time, then of rooms. */
  readonly sessions: readonly Session[];
  /** The rooms in use that day, in the stop's order. */
  readonly roomIds: readonly string[];
  readonly slices: readonly Slice[];
  readonly places: ReadonlyMap<string, Place>;
}

/** The days of a timetable, each as a grid. A session belongs to the day on which it begins on the stop's clock. */
export function layOut<Session extends PlacedSession>(
  sessions: readonly Session[],
  roomIds: readonly string[],
  zone: string,
): Day<Session>[] {
  const order = new Map(roomIds.map((id, index) => [id, index]));
  const roomOf = (session: Session) => order.get(session.roomId) ?? roomIds.length;
  const sorted = [...sessions].sort(
    (a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt) || roomOf(a) - roomOf(b),
  );
  const days = new Map<string, Session[]>();
  for (const session of sorted) {
    const date = dayOf(session.startsAt, zone);
    days.set(date, [...(days.get(date) ?? []), session]);
  }
  return [...days].map(([date, ofDay]) => dayGrid(date, ofDay, roomIds));
}

function dayGrid<Session extends PlacedSession>(
  date: string,
  sessions: readonly Session[],
  roomIds: readonly string[],
): Day<Session> {
  const used = new Set(sessions.map(({ roomId }) => roomId));
  const known = roomIds.filter((id) => used.has(id));
  const rooms = [...known, ...[...used].filter((id) => !roomIds.includes(id))];
  const slices = slicesOf(sessions);
  const rowAt = new Map(slices.map(({ from }, index) => [Date.parse(from), index + 2]));
  const rowOf = (instant: string) => rowAt.get(Date.parse(instant)) ?? slices.length + 2;
  const places = new Map(
    sessions.map((session) => [
      session.id,
      {
        row: rowOf(session.startsAt),
        rowEnd: rowOf(session.endsAt),
        column: rooms.indexOf(session.roomId) + 2,
      },
    ]),
  );
  return { date, sessions, roomIds: rooms, slices, places };
}

function slicesOf(sessions: readonly PlacedSession[]): Slice[] {
  const edges = new Set(
    sessions.flatMap(({ startsAt, endsAt }) => [Date.parse(startsAt), Date.parse(endsAt)]),
  );
  const sorted = [...edges].sort((a, b) => a - b);
  return sorted.slice(0, -1).map((fromMs, index) => {
    const toMs = sorted[index + 1] ?? fromMs;
    const isPause = !sessions.some(
      ({ startsAt, endsAt }) => Date.parse(startsAt) < toMs && Date.parse(endsAt) > fromMs,
    );
    return {
      from: new Date(fromMs).toISOString(),
      to: new Date(toMs).toISOString(),
      minutes: (toMs - fromMs) / 60_000,
      isPause,
    };
  });
}
