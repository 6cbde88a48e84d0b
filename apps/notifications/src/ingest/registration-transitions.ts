import type { DataOf, PublicEventType, registrationChanged } from '#contracts';
import type { PublicMessage } from '../log/public-message.js';
import type { KnownStop } from '../stops/known-stop.js';

type RegistrationState = DataOf<typeof registrationChanged>;
type RegistrationType = Extract<PublicEventType, `registration.${string}`>;

/** What is kept of a registration to tell what changed. */
export interface RegistrationSnapshot {
  readonly status: RegistrationState['status'];
  readonly seats: number;
  /** Absent in states that were kept, or published, by earlier releases. */
  readonly delegateIds?: readonly string[];
}

export function registrationSnapshot({
  status,
  seats,
  delegateIds,
}: RegistrationState): RegistrationSnapshot {
  return { status, seats, ...(delegateIds === undefined ? {} : { delegateIds }) };
}

/** The message of a registration's way from one state to the next; every new version has one. */
export function registrationTransitions(
  previous: RegistrationSnapshot | null,
  state: RegistrationState,
  stop: KnownStop,
): PublicMessage[] {
  const { registrationId, stopId, companyId, status, seats, version } = state;
  return [
    {
      type: typeOf(previous?.status ?? null, status),
      subject: `registration/${registrationId}`,
      scope: { organizationId: stop.organizationId, companyId, stopId, public: false },
      data: {
        registrationId,
        stopId,
        tourId: stop.tourId,
        companyId,
        status,
        previousStatus: previous?.status ?? null,
        seats,
        previousSeats: previous?.seats ?? null,
        version,
        href: `/v1/registrations/${registrationId}`,
      },
    },
  ];
}

function typeOf(
  before: RegistrationState['status'] | null,
  now: RegistrationState['status'],
): RegistrationType {
  if (before === now) return 'registration.changed';
  if (before === 'waitlisted' && (now === 'confirmed' || now === 'pending')) return 'registration.promoted';
  return `registration.${now}`;
}
