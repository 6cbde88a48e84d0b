import type { Session } from '#contracts/sessions';
import type { Stop } from '#contracts/stops';

export type Check =
  | 'bothLanguages'
  | 'description'
  | 'travel'
  | 'contact'
  | 'rooms'
  | 'published'
  | 'sessions'
  | 'released'
  | 'meetings'
  | 'door';

interface Facts {
  readonly stop: Stop;
  readonly sessions: readonly Session[];
  readonly releases: number;
  readonly hasMeetingRules: boolean;
  readonly doorPasses: number;
}

/** What a new stop needs before people come, in the order in which it is done. */
export function checklistOf({
  stop,
  sessions,
  releases,
  hasMeetingRules,
  doorPasses,
}: Facts): [Check, isDone: boolean][] {
  const planned = sessions.filter(({ status }) => status === 'accepted' || status === 'scheduled');
  return [
    ['bothLanguages', stop.name.zh !== undefined && stop.name.en !== undefined],
    ['description', stop.description !== null],
    ['travel', stop.travel !== null],
    ['contact', stop.contact !== null],
    ['rooms', stop.rooms.length > 0],
    ['published', stop.status !== 'draft'],
    ['sessions', planned.length > 0],
    ['released', releases > 0],
    ['meetings', hasMeetingRules],
    ['door', doorPasses > 0],
  ];
}
