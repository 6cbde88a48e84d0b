import { matchesType, type PublicEvent } from '#contracts';

/** What a reader asked for; without a member, everything. */
export interface StreamFilter {
  readonly types?: readonly string[] | undefined;
  readonly stopId?: string | undefined;
}

export function passesFilter({ types, stopId }: StreamFilter, { type, data }: PublicEvent): boolean {
  if (stopId !== undefined && data['stopId'] !== stopId) return false;
  return types === undefined || types.some((pattern) => matchesType(pattern, type));
}
