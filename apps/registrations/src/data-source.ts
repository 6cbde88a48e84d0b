import { commandLineDataSource, createDataSource, type DatabaseAddress } from '#persistence';
import { EndedBadgeEntity } from './check-in/ended-badge.entity.js';
import { CompanyProjectionEntity } from './companies/company-projection.entity.js';
import { CreateRegistrations1760000002000 } from './migrations/1760000002000-create-registrations.js';
import { TellOfPeople1760000002100 } from './migrations/1760000002100-tell-of-people.js';
import { SearchAndDoorList1760000002200 } from './migrations/1760000002200-search-and-door-list.js';
import { DepartedDelegateEntity } from './people/departed-delegate.entity.js';
import { EndedSignUpEntity } from './people/ended-sign-up.entity.js';
import { DelegateEntity } from './registrations/delegate.entity.js';
import { RegistrationEntity } from './registrations/registration.entity.js';
import { SessionEntity } from './sign-ups/session.entity.js';
import { SignUpEntity } from './sign-ups/sign-up.entity.js';
import { RoomEntity, StopEntity } from './stops/stop.entity.js';

/** Reads use the entities; the hot path writes many rows at a time and under locks, in SQL. */
export const registrationsDataSource = (options: DatabaseAddress) =>
  createDataSource({
    ...options,
    entities: [
      StopEntity,
      RoomEntity,
      CompanyProjectionEntity,
      RegistrationEntity,
      DelegateEntity,
      EndedBadgeEntity,
      SessionEntity,
      SignUpEntity,
      DepartedDelegateEntity,
      EndedSignUpEntity,
    ],
    migrations: [CreateRegistrations1760000002000, TellOfPeople1760000002100, SearchAndDoorList1760000002200],
  });

export default commandLineDataSource(registrationsDataSource);
