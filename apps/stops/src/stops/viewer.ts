import type { Caller } from '#contracts';

/** What a caller sees besides what is published. */
export interface Viewer {
  /** Everything, as an admin does. */
  all: boolean;
  /** The organization whose drafts are seen too. */
  organizationId: string | null;
  /** The one stop of a door scanner, whatever its state. */
  stopId: string | null;
}

export function viewerOf(caller: Caller): Viewer {
  return {
    all: caller.role === 'admin',
    organizationId: caller.role === 'organizer' ? (caller.organizationId ?? null) : null,
    stopId: caller.role === 'staff' ? (caller.stopId ?? null) : null,
  };
}

export function mayReadStop(
  caller: Caller,
  stop: { id: string; organizationId: string; published: boolean },
): boolean {
  const { all, organizationId, stopId } = viewerOf(caller);
  return stop.published || all || stop.organizationId === organizationId || stop.id === stopId;
}
