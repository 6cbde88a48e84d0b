import type { DataOf, timetableReleased } from '#contracts';
import type { KnownStop } from '../stops/known-stop.js';
import type { PublicMessage } from '../log/public-message.js';

/** One message a release; of several that arrive as one, the newest. */
export function releaseTransitions(
  { stopId, version }: DataOf<typeof timetableReleased>,
  { organizationId, tourId }: KnownStop,
): PublicMessage[] {
  return [
    {
      type: 'timetable.released',
      subject: `timetable/${stopId}`,
      scope: { organizationId, companyId: null, stopId, public: true },
      data: {
        stopId,
        tourId,
        release: version,
        version,
        href: `/v1/stops/${stopId}/timetable?release=${version}`,
      },
    },
  ];
}
