import { ApiClient, aSession, aStop, must } from '../support/client.js';
import { sharedSystem } from '../support/shared-system.js';

/** A stop of one day from 9:00 to 18:00 with two rooms, and accepted sessions to plan. */
export interface PlannedStop {
  readonly url: string;
  readonly organizer: ApiClient;
  readonly organizerKey: string;
  readonly stopId: string;
  readonly roomIds: readonly string[];
  readonly sessionIds: Readonly<Record<string, string>>;
  /** The instant of a time of the day, such as `09:30`. */
  readonly at: (time: string) => string;
  readonly schedule: (title: string, room: number, time: string) => Promise<void>;
}

export async function preparePlannedStop(titles: readonly string[], rooms = 2): Promise<PlannedStop> {
  const { url, organizerKey } = await sharedSystem();
  const organizer = new ApiClient(url, organizerKey);
  const tour = await must(organizer.post('/v1/tours', { name: { zh: '排期巡回', en: 'Planned tour' } }));
  const date = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
  const at = (time: string): string =>
    new Date(Date.parse(`${date}T${time}:00Z`) - 8 * 3_600_000).toISOString().replace('.000Z', 'Z');
  const stop = await must(
    organizer.post(
      `/v1/tours/${tour.id}/stops`,
      aStop({
        startsAt: at('09:00'),
        endsAt: at('18:00'),
        rooms: Array.from({ length: rooms }, (_, index) => ({
          name: { zh: `会场${index + 1}`, en: `Room ${index + 1}` },
          seats: 50,
        })),
      }),
    ),
  );
  await must(organizer.post(`/v1/stops/${stop.id}/publish`));
  const sessionIds: Record<string, string> = {};
  for (const title of titles) {
    const body = aSession({ title: { zh: title, en: `${title} in English` } });
    sessionIds[title] = (await must(organizer.post(`/v1/stops/${stop.id}/sessions`, body))).id;
  }
  const roomIds: string[] = stop.rooms.map(({ id }: { id: string }) => id);
  const schedule = async (title: string, room: number, time: string): Promise<void> => {
    const body = { roomId: roomIds[room], startsAt: at(time) };
    await must(organizer.post(`/v1/sessions/${sessionIds[title]}/schedule`, body));
  };
  return { url, organizer, organizerKey, stopId: stop.id, roomIds, sessionIds, at, schedule };
}

/** Twelve rooms with 120 sessions, one behind the other from nine o'clock on. */
export async function prepareLargePlan(): Promise<PlannedStop> {
  const rooms = 12;
  const titles = Array.from({ length: 120 }, (_, at) => `第${at + 1}场`);
  const stop = await preparePlannedStop(titles, rooms);
  const time = (slot: number): string =>
    `${String(9 + Math.floor((slot * 45) / 60)).padStart(2, '0')}:${String((slot * 45) % 60).padStart(2, '0')}`;
  for (let slot = 0; slot * rooms < titles.length; slot += 1)
    await Promise.all(
      titles
        .slice(slot * rooms, (slot + 1) * rooms)
        .map((title, room) => stop.schedule(title, room, time(slot))),
    );
  return stop;
}
