import {
  acceptSession,
  cancelSession,
  getSession,
  listBlockedTimes,
  listReviews,
  listSessions,
  proposeSession,
  registrationsCatchUpOnSession,
  rejectSession,
  reviewSession,
  scheduleSession,
  swapSessions,
  unscheduleSession,
  updateSession,
  withdrawSession,
  type RequestContract,
  type Role,
  type SessionView,
} from '#contracts';
import { anyone, company, companyOrOrganizer, organizer } from './access.js';
import { operation, type Operation } from './operation.js';

const tag = 'Sessions';
const maxAgeMs = 1_000;
const catchUp = [registrationsCatchUpOnSession];

/** A move of a session's life: `POST /v1/sessions/{id}/<verb>`. */
function move(verb: string, contract: RequestContract, access: readonly Role[], summary: string): Operation {
  const path = `/v1/sessions/{id}/${verb}`;
  return operation({
    id: `${verb}Session`,
    method: 'POST',
    path,
    tag,
    summary,
    access,
    status: 200,
    contract,
    catchUp,
  });
}

export const sessionsOperations = [
  operation({
    id: 'proposeSession',
    method: 'POST',
    path: '/v1/stops/{stopId}/sessions',
    tag,
    summary: 'Propose a session; an organizer adds one that is accepted at once',
    access: companyOrOrganizer,
    status: 201,
    contract: proposeSession,
  }),
  operation({
    id: 'listSessions',
    method: 'GET',
    path: '/v1/stops/{stopId}/sessions',
    tag,
    summary: 'The sessions of a stop; a company sees its own and the scheduled ones',
    access: companyOrOrganizer,
    status: 200,
    contract: listSessions,
  }),
  operation({
    id: 'getSession',
    method: 'GET',
    path: '/v1/sessions/{id}',
    tag,
    summary: 'One session',
    description: 'The public sees a session of the latest release, as it stands there.',
    access: anyone,
    status: 200,
    contract: getSession,
    publicRead: { maxAgeMs, cacheTags: (_input, output) => [`stop:${(output as SessionView).stopId}`] },
  }),
  operation({
    id: 'updateSession',
    method: 'PATCH',
    path: '/v1/sessions/{id}',
    tag,
    summary: 'Change a session',
    access: companyOrOrganizer,
    status: 200,
    contract: updateSession,
    catchUp,
  }),
  operation({
    id: 'reviewSession',
    method: 'PUT',
    path: '/v1/sessions/{id}/review',
    tag,
    summary: 'Review a session; one review per key, replaced by the next',
    access: organizer,
    status: 200,
    contract: reviewSession,
  }),
  operation({
    id: 'listReviews',
    method: 'GET',
    path: '/v1/sessions/{id}/reviews',
    tag,
    summary: 'The reviews of a session and their average',
    access: organizer,
    status: 200,
    contract: listReviews,
  }),
  move('accept', acceptSession, organizer, 'Accept a proposal'),
  move('reject', rejectSession, organizer, 'Reject a proposal'),
  move('withdraw', withdrawSession, company, 'Withdraw an own session'),
  move('schedule', scheduleSession, organizer, 'Give a session its room and time, or move it'),
  move('swap', swapSessions, organizer, 'Let two scheduled sessions of a stop change places'),
  operation({
    id: 'listBlockedTimes',
    method: 'GET',
    path: '/v1/sessions/{id}/blocked-times',
    tag,
    summary: 'When a session can not start, and what is in the way',
    description:
      'A start after `from` and before `to` would be refused with `code`: in the room named by `roomId`, or in every room where it is `null`. In order of `from`; ranges may overlap.',
    access: organizer,
    status: 200,
    contract: listBlockedTimes,
  }),
  move('unschedule', unscheduleSession, organizer, 'Take a session off the timetable'),
  move('cancel', cancelSession, organizer, 'Cancel a session'),
];
