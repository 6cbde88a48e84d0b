import { accountsOperations } from './accounts.operations.js';
import { auditOperations } from './audit.operations.js';
import { botsOperations } from './bots.operations.js';
import { calendarsOperations } from './calendars.operations.js';
import { checkInOperations } from './check-in.operations.js';
import { documentsOperations } from './documents.operations.js';
import { exchangeOperations } from './exchange.operations.js';
import { eventsOperations } from './events.operations.js';
import { listingsOperations } from './listings.operations.js';
import { ledgerOperations } from './ledger.operations.js';
import { mailOperations } from './mail.operations.js';
import { meetingsOperations } from './meetings.operations.js';
import type { Operation } from './operation.js';
import { outcomesOperations } from './outcomes.operations.js';
import { peopleOperations } from './people.operations.js';
import { personalDataOperations } from './personal-data.operations.js';
import { registrationsOperations } from './registrations.operations.js';
import { sessionsOperations } from './sessions.operations.js';
import { signUpsOperations } from './sign-ups.operations.js';
import { timetableOperations } from './timetable.operations.js';
import { toursAndStopsOperations } from './tours-and-stops.operations.js';
import { webhooksOperations } from './webhooks.operations.js';

/** Every HTTP operation of the system. What is not in this table does not exist. */
export const operations: readonly Operation[] = [
  ...peopleOperations,
  ...accountsOperations,
  ...toursAndStopsOperations,
  ...registrationsOperations,
  ...personalDataOperations,
  ...checkInOperations,
  ...sessionsOperations,
  ...timetableOperations,
  ...calendarsOperations,
  ...exchangeOperations,
  ...signUpsOperations,
  ...listingsOperations,
  ...meetingsOperations,
  ...outcomesOperations,
  ...ledgerOperations,
  ...documentsOperations,
  ...eventsOperations,
  ...webhooksOperations,
  ...botsOperations,
  ...mailOperations,
  ...auditOperations,
];
