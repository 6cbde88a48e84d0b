import {
  checkInDelegate,
  getAttendance,
  getBadge,
  getDoorList,
  undoCheckIn,
  type OutputOf,
} from '#contracts';
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
    id: 'getDoorList',
    method: 'GET',
    path: '/v1/stops/{stopId}/door-list',
    tag: 'Check-in',
    summary: 'What a door needs to work without a network',
    description:
      'The whole list holds the confirmed delegates. With `since` it holds what changed from then on, those who are no ' +
      'longer valid too; nothing is missed, and what changed at the same time may come twice. An item replaces the one ' +
      'of the same delegate whose `version` is lower. `badgeHash` is base64url(SHA-256(badge)).',
    access: door,
    status: 200,
    contract: getDoorList,
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
