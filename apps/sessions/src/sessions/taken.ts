import type { Localized } from '#contracts';
import type { Conflict } from './placement.js';

/** A scheduled session, as the one that takes a room. */
export type RoomTaken = Conflict & { roomId: string };

/** A scheduled session, as the one that takes the time of a speaker. */
export type SpeakerTaken = Conflict & {
  speakerKey: string;
  /** At prefecture level. */
  place: string;
  cityName: Localized;
  /** Of the tour that the session belongs to. */
  travelMinutes: number;
};
