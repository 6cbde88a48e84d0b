import type { DataOf, checkInChanged } from '#contracts';
import type { PublicMessage } from '../log/public-message.js';
import type { KnownStop } from '../stops/known-stop.js';

type CheckInState = DataOf<typeof checkInChanged>;

/** What is kept of a delegate to tell what changed. */
export interface CheckInSnapshot {
  readonly checkedInAt: string | null;
}

export function checkInSnapshot({ checkedInAt }: CheckInState): CheckInSnapshot {
  return { checkedInAt };
}

/** The message of a check-in, and of one that was taken back; none for a delegate who was never there. */
export function checkInTransitions(
  previous: CheckInSnapshot | null,
  state: CheckInState,
  { organizationId, tourId }: KnownStop,
): PublicMessage[] {
  const { delegateId, registrationId, stopId, companyId, checkedInAt, version } = state;
  if ((previous?.checkedInAt ?? null) === checkedInAt) return [];
  return [
    {
      type: 'check_in.recorded',
      subject: `delegate/${delegateId}`,
      scope: { organizationId, companyId, stopId, public: false },
      data: {
        delegateId,
        registrationId,
        stopId,
        tourId,
        companyId,
        checkedInAt,
        version,
        href: `/v1/registrations/${registrationId}`,
      },
    },
  ];
}
