import { Injectable } from '@nestjs/common';
import { getSessionSeats, type Caller, type OutputOf, type listSessionSeats } from '#contracts';
import { Rpc } from '#messaging';
import { TimetableService } from './timetable.service.js';

/** Says how full the sessions of the latest release are; registrations counts the sign-ups. */
@Injectable()
export class SessionSeatsService {
  constructor(
    private readonly timetables: TimetableService,
    private readonly rpc: Rpc,
  ) {}

  /** A session that has lost its room since the release keeps the seats of the released one, and nobody in it. */
  async list(caller: Caller, stopId: string): Promise<OutputOf<typeof listSessionSeats>> {
    const { rooms, sessions } = await this.timetables.getReleased(caller, stopId);
    const released = new Map(rooms.map(({ id, seats }) => [id, seats]));
    const { seats } = await this.rpc.ask(getSessionSeats, { sessionIds: sessions.map(({ id }) => id) });
    const present = new Map(seats.map((one) => [one.sessionId, one]));
    return {
      items: sessions.map(
        ({ id, roomId }) => present.get(id) ?? { sessionId: id, total: released.get(roomId) ?? 0, taken: 0 },
      ),
    };
  }
}
