import { checkInDelegate, getAttendance, getBadge, undoCheckIn, type OutputOf } from '#contracts';
import { companyOrOrganizer, door } from './access.js';
import { operation } from './operation.js';

export const checkInOperations = [
  operation({
    id: 'getBadge',
    method: 'GET',
    path: '/v1/registrations/{id}/delegates/{delegateId}/badge.svg',
    tag: 'Check-in',
    summary: "A delegate's badge as a QR code",
    access: companyOrOrganizer,
    status: 200,
    contract: getBadge,
    format: { mediaType: 'image/svg+xml', render: (output: OutputOf<typeof getBadge>) => output.svg },
  }),
  operation({
    id: 'checkInDelegate',
    method: 'POST',
    path: '/v1/stops/{stopId}/check-ins',
    tag: 'Check-in',
    summary: 'Check a delegate in by the badge, or by the id where there is no badge',
    description:
      'Scans sent again keep the earliest time and say `repeated`. An `at` before the day of the stop, or before the ' +
      'registration, counts as now, and the answer says `adjusted`.',
    access: door,
    status: 200,
    contract: checkInDelegate,
  }),
  operation({
    id: 'undoCheckIn',
    method: 'DELETE',
    path: '/v1/stops/{stopId}/check-ins/{delegateId}',
    tag: 'Check-in',
    summary: 'Take a check-in back',
    description: 'Repeating is harmless.',
    access: door,
    status: 204,
    contract: undoCheckIn,
  }),
  operation({
    id: 'getAttendance',
    method: 'GET',
    path: '/v1/stops/{stopId}/attendance',
    tag: 'Check-in',
    summary: 'Who was expected and who came, by company',
    access: door,
    status: 200,
    contract: getAttendance,
  }),
];
