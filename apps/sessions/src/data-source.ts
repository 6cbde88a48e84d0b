import { commandLineDataSource, createDataSource, type DatabaseAddress } from '#persistence';
import { CompanyProjectionEntity } from './companies/company-projection.entity.js';
import { ImportedEntryEntity } from './schedule-import/imported-entry.entity.js';
import { ImportedScheduleEntity } from './schedule-import/imported-schedule.entity.js';
import { CreateSessions1760000004000 } from './migrations/1760000004000-create-sessions.js';
import { ReviseImportedEntries1760000004100 } from './migrations/1760000004100-revise-imported-entries.js';
import { CreateImportedSchedules1760000004200 } from './migrations/1760000004200-create-imported-schedules.js';
import { ReviewEntity } from './reviews/review.entity.js';
import { SessionEntity } from './sessions/session.entity.js';
import { SpeakerBookingEntity } from './sessions/speaker-booking.entity.js';
import { StopProjectionEntity } from './stops/stop-projection.entity.js';
import { ReleaseEntity } from './timetable/release.entity.js';

export const sessionsDataSource = (options: DatabaseAddress) =>
  createDataSource({
    ...options,
    entities: [
      StopProjectionEntity,
      CompanyProjectionEntity,
      SessionEntity,
      SpeakerBookingEntity,
      ReviewEntity,
      ReleaseEntity,
      ImportedEntryEntity,
      ImportedScheduleEntity,
    ],
    migrations: [
      CreateSessions1760000004000,
      ReviseImportedEntries1760000004100,
      CreateImportedSchedules1760000004200,
    ],
  });

export default commandLineDataSource(sessionsDataSource);
