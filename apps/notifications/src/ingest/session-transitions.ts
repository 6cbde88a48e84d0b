import type { PublicEventType, SessionState } from '#contracts';
import type { PublicMessage } from '../log/public-message.js';
import type { KnownStop } from '../stops/known-stop.js';

type SessionType = Extract<PublicEventType, `session.${string}`>;

/** What is kept of a session to tell what changed. */
export interface SessionSnapshot {
  readonly status: SessionState['status'];
  readonly roomId: string | null;
  readonly startsAt: string | null;
  readonly endsAt: string | null;
}

export function sessionSnapshot({ status, roomId, startsAt, endsAt }: SessionState): SessionSnapshot {
  return { status, roomId, startsAt, endsAt };
}

/** The message of a session's way from one state to the next; none where only its texts or speakers changed. */
export function sessionTransitions(
  previous: SessionSnapshot | null,
  state: SessionState,
  stop: KnownStop,
): PublicMessage[] {
  const type = typeOf(previous, state);
  if (type === null) return [];
  const { sessionId, stopId, companyId, organizationId, version } = state;
  return [
    {
      type,
      subject: `session/${sessionId}`,
      scope: { organizationId, companyId, stopId, public: false },
      data: {
        sessionId,
        stopId,
        tourId: stop.tourId,
        companyId,
        ...sessionSnapshot(state),
        previousStatus: previous?.status ?? null,
        version,
        href: `/v1/sessions/${sessionId}`,
      },
    },
  ];
}

function typeOf(previous: SessionSnapshot | null, next: SessionState): SessionType | null {
  if (previous?.status !== next.status)
    return previous?.status === 'scheduled' && next.status === 'accepted'
      ? 'session.unscheduled'
      : `session.${next.status}`;
  const moved =
    previous.roomId !== next.roomId || previous.startsAt !== next.startsAt || previous.endsAt !== next.endsAt;
  return next.status === 'scheduled' && moved ? 'session.moved' : null;
}
