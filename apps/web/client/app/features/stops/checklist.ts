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

/** What has not been answered yet is undefined. */
interface Facts {
  readonly stop: Stop;
  readonly sessions: readonly Session[] | undefined;
  readonly releases: number | undefined;
  readonly hasMeetingRules: boolean | undefined;
  readonly doorPasses: number | undefined;
}

/** What a new stop needs before people come, in the order in which it is done. */
export function checklistOf({
  stop,
  sessions,
  releases,
  hasMeetingRules,
  doorPasses,
}: Facts): [Check, isDone: boolean | undefined][] {
  const isPlanned = ({ status }: Session): boolean => status === 'accepted' || status === 'scheduled';
  return [
    ['bothLanguages', stop.name.zh !== undefined && stop.name.en !== undefined],
    ['description', stop.description !== null],
    ['travel', stop.travel !== null],
    ['contact', stop.contact !== null],
    ['rooms', stop.rooms.length > 0],
    ['published', stop.status !== 'draft'],
    ['sessions', sessions?.some(isPlanned)],
    ['released', isSome(releases)],
    ['meetings', hasMeetingRules],
    ['door', isSome(doorPasses)],
  ];
}

const isSome = (count: number | undefined): boolean | undefined =>
  count === undefined ? undefined : count > 0;
