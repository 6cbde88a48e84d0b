import {
  createStop,
  createTour,
  proposeSession,
  publishStop,
  releaseTimetable,
  scheduleSession,
  type OutputOf,
  type Stop,
} from '#contracts';
import type { PublicApi } from '../demo/public-api.js';

const hourMs = 3_600_000;
const minuteMs = 60_000;
const talks = 12;
const seats = 100_000;
const usualRoomSeats = 500;

/** Makes stops over the API whose registration is open and that have room for everybody. */
export class StopMaker {
  private tourId: string | null = null;

  constructor(private readonly api: PublicApi) {}

  /** @param roomSeats of its only room */
  async openStop(roomSeats = usualRoomSeats): Promise<Stop> {
    const draft = stopDraft(roomSeats);
    const stop = await this.post(createStop, `/v1/tours/${await this.tour()}/stops`, draft);
    return this.post(publishStop, `/v1/stops/${stop.id}/publish`);
  }

  async openStops(count: number): Promise<Stop[]> {
    const stops: Stop[] = [];
    for (let made = 0; made < count; made += 1) stops.push(await this.openStop());
    return stops;
  }

  /** A stop with a released timetable, one talk after the other. */
  async stopWithTimetable(): Promise<Stop> {
    const stop = await this.openStop();
    for (let number = 1; number <= talks; number += 1) await this.addTalk(stop, number);
    await this.post(releaseTimetable, `/v1/stops/${stop.id}/timetable/releases`, {});
    return stop;
  }

  /** Adds a scheduled talk; talks of different numbers take place one after the other. */
  async addTalk(stop: Stop, number: number): Promise<OutputOf<typeof scheduleSession>> {
    const session = await this.post(proposeSession, `/v1/stops/${stop.id}/sessions`, {
      title: { zh: `示例分享 ${number}`, en: `Example talk ${number}` },
      abstract: { zh: '高质量数据集的建设与应用', en: 'How data sets of high quality are made and used' },
      track: '数据',
      kind: 'sharing',
      durationMinutes: 30,
      speakers: [
        // Nobody speaks at two stops at the same time.
        { name: `示例讲者 ${number}`, email: `speaker-${number}-${stop.id}@example.com`, jobTitle: '工程师' },
      ],
    });
    const startsAt = new Date(Date.parse(stop.startsAt) + number * 30 * minuteMs).toISOString();
    const roomId = stop.rooms[0]?.id ?? '';
    return this.post(scheduleSession, `/v1/sessions/${session.id}/schedule`, { roomId, startsAt });
  }

  private async tour(): Promise<string> {
    const body = { name: { zh: '示例巡回活动', en: 'Example tour' }, overlappingStops: true };
    this.tourId ??= (await this.post(createTour, '/v1/tours', body)).id;
    return this.tourId;
  }

  private post<C extends Parameters<PublicApi['must']>[0]>(contract: C, path: string, body?: unknown) {
    return this.api.must(contract, 'POST', path, { key: this.api.organizerKey, body });
  }
}

function stopDraft(roomSeats: number): object {
  const fromNow = (hours: number): string => new Date(Date.now() + hours * hourMs).toISOString();
  return {
    name: { zh: '示例站', en: 'Example stop' },
    city: { code: '510100' },
    venue: { name: { zh: '示例会议中心', en: 'Example Conference Centre' } },
    timeZone: 'Asia/Shanghai',
    startsAt: fromNow(30 * 24),
    endsAt: fromNow(30 * 24 + 10),
    capacity: seats,
    registration: { opensAt: fromNow(-24), closesAt: fromNow(29 * 24) },
    rooms: [{ name: { zh: '主会场', en: 'Main hall' }, seats: roomSeats }],
  };
}
