import { type Localized, type StopState } from '#contracts';
import { prefectureOf } from '#reference-data';
import { conflictDetail, type ConflictCause } from '../sessions/placement.js';
import type { RoomTaken, SpeakerTaken } from '../sessions/taken.js';
import type { GivenNames } from './import-schedule.js';
import { Occupancies, type TimeRange } from './occupancy.js';

/** A session that takes place: one that the database knows, or (with its names in the file) an earlier entry. */
export type Occupant = TimeRange & {
  sessionId: string;
  given: GivenNames | null;
  title: Localized;
  startsAt: string;
  endsAt: string;
};

type Far = Occupant & Pick<SpeakerTaken, 'cityName' | 'travelMinutes'>;

/** Where an entry is to be, and who speaks there by which key. */
export type Wanted = Occupant & {
  roomId: string;
  roomName: Localized;
  speakers: readonly { key: string; name: string }[];
};

export type Collision = {
  code: 'session.room_conflict' | 'session.speaker_conflict';
  detail: string;
  with: Occupant[];
};

/** An answer names these at most; the detail says how many more there are. */
const maxNamed = 10;

/**
 * Finds what the constraints of the database would refuse, before it is asked: a dirty file has many clashes, and each
 * would cost a refused statement. The constraints judge all the same when the rest is written.
 */
export class ImportConflicts {
  private readonly rooms = new Occupancies<Occupant>();
  private readonly stages = new Occupancies<Occupant>();
  private readonly far = new Map<string, Far[]>();

  constructor(
    private readonly stop: Pick<StopState, 'city' | 'speakerTravelMinutes' | 'timeZone'>,
    rooms: readonly RoomTaken[],
    speakers: readonly SpeakerTaken[],
  ) {
    for (const taken of rooms) this.rooms.of(taken.roomId).add(occupantOf(taken));
    for (const taken of speakers) this.addSpeaker(taken);
  }

  find(wanted: Wanted): Collision | null {
    return this.inRoom(wanted) ?? this.onStage(wanted) ?? this.underWay(wanted);
  }

  add(wanted: Wanted): void {
    this.rooms.of(wanted.roomId).add(wanted);
    for (const { key } of wanted.speakers) this.stages.of(key).add(wanted);
  }

  private addSpeaker(taken: SpeakerTaken): void {
    const { speakerKey, place, cityName, travelMinutes } = taken;
    const occupant = occupantOf(taken);
    this.stages.of(speakerKey).add(occupant);
    if (place === prefectureOf(this.stop.city.code)) return;
    const far = this.far.get(speakerKey) ?? [];
    far.push({ ...occupant, cityName, travelMinutes });
    this.far.set(speakerKey, far);
  }

  private inRoom(wanted: Wanted): Collision | null {
    const met = this.rooms.of(wanted.roomId).overlapping(wanted);
    return collision({ kind: 'room', roomName: wanted.roomName }, met, this.stop.timeZone);
  }

  private onStage(wanted: Wanted): Collision | null {
    const met = wanted.speakers.map(({ key }) => this.stages.of(key).overlapping(wanted));
    const speakerName = wanted.speakers.find((_, index) => (met[index] ?? []).length > 0)?.name ?? '';
    return collision({ kind: 'speaker', speakerName }, met.flat(), this.stop.timeZone);
  }

  private underWay(wanted: Wanted): Collision | null {
    for (const { key, name } of wanted.speakers) {
      const met = (this.far.get(key) ?? []).filter((one) => this.tooClose(wanted, one));
      const [first] = met;
      if (first === undefined) continue;
      const travelMinutes = Math.max(first.travelMinutes, this.stop.speakerTravelMinutes);
      return collision(
        { kind: 'travel', speakerName: name, cityName: first.cityName, travelMinutes },
        met,
        this.stop.timeZone,
      );
    }
    return null;
  }

  /** The longer travel time of the two tours decides. */
  private tooClose(a: TimeRange, b: Far): boolean {
    const travelMs = Math.max(b.travelMinutes, this.stop.speakerTravelMinutes) * 60_000;
    return a.startMs < b.endMs + travelMs && b.startMs - travelMs < a.endMs;
  }
}

function collision(cause: ConflictCause, met: readonly Occupant[], timeZone: string): Collision | null {
  const unique = [...new Map(met.map((one) => [one.sessionId, one])).values()];
  const [first, ...more] = unique;
  if (first === undefined) return null;
  return {
    code: cause.kind === 'room' ? 'session.room_conflict' : 'session.speaker_conflict',
    detail: conflictDetail(cause, [first, ...more], timeZone),
    with: unique.slice(0, maxNamed),
  };
}

function occupantOf({ sessionId, title, startsAt, endsAt }: RoomTaken | SpeakerTaken): Occupant {
  const [startMs, endMs] = [Date.parse(startsAt), Date.parse(endsAt)];
  return { sessionId, title, startsAt, endsAt, given: null, startMs, endMs };
}
