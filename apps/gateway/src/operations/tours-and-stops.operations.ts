import {
  cancelStop,
  completeStop,
  createStop,
  createTour,
  deleteStop,
  deleteTour,
  getStop,
  getTour,
  listStops,
  listTours,
  publishStop,
  matchingCatchUpOnStop,
  registrationsCatchUpOnStop,
  rescheduleStop,
  sessionsCatchUpOnStop,
  updateStop,
  updateTour,
  type RequestContract,
} from '#contracts';
import { anyone, organizer } from './access.js';
import { operation, type Operation, type CacheTag } from './operation.js';
import { nextWindowChangeMs, stopCacheTags, stopsCacheTags } from './cache-tags.js';

const maxAgeMs = 1_000;
const catchUp = [registrationsCatchUpOnStop, sessionsCatchUpOnStop, matchingCatchUpOnStop];

/** A move of a stop's life: `POST /v1/stops/{id}/<verb>`. */
function move(
  id: string,
  verb: string,
  contract: RequestContract,
  summary: string,
  description?: string,
): Operation {
  return operation({
    id,
    method: 'POST',
    path: `/v1/stops/{id}/${verb}`,
    tag: 'Tours and stops',
    summary,
    ...(description === undefined ? {} : { description }),
    access: organizer,
    status: 200,
    contract,
    catchUp,
    invalidates: (_input, output) => stopCacheTags(output),
  });
}

const tourCacheTags = (input: Record<string, string>): CacheTag[] => [`tour:${input['id']}`, 'tours'];

export const toursAndStopsOperations = [
  operation({
    id: 'createTour',
    method: 'POST',
    path: '/v1/tours',
    tag: 'Tours and stops',
    summary: 'Make a tour',
    access: organizer,
    status: 201,
    contract: createTour,
    invalidates: () => ['tours'],
  }),
  operation({
    id: 'listTours',
    method: 'GET',
    path: '/v1/tours',
    tag: 'Tours and stops',
    summary: 'All tours that the caller may see',
    description:
      'The public sees a tour once one of its stops was published; an organizer also sees its own others.',
    access: anyone,
    status: 200,
    contract: listTours,
    publicRead: { maxAgeMs, cacheTags: () => ['tours'] },
  }),
  operation({
    id: 'getTour',
    method: 'GET',
    path: '/v1/tours/{id}',
    tag: 'Tours and stops',
    summary: 'One tour',
    access: anyone,
    status: 200,
    contract: getTour,
    publicRead: { maxAgeMs, cacheTags: tourCacheTags },
  }),
  operation({
    id: 'updateTour',
    method: 'PATCH',
    path: '/v1/tours/{id}',
    tag: 'Tours and stops',
    summary: 'Change a tour',
    access: organizer,
    status: 200,
    contract: updateTour,
    invalidates: tourCacheTags,
  }),
  operation({
    id: 'deleteTour',
    method: 'DELETE',
    path: '/v1/tours/{id}',
    tag: 'Tours and stops',
    summary: 'Delete a tour that has no stops',
    access: organizer,
    status: 204,
    contract: deleteTour,
    invalidates: tourCacheTags,
  }),
  operation({
    id: 'createStop',
    method: 'POST',
    path: '/v1/tours/{tourId}/stops',
    tag: 'Tours and stops',
    summary: 'Make a stop, as a draft',
    access: organizer,
    status: 201,
    contract: createStop,
    invalidates: (_input, output) => stopCacheTags(output),
  }),
  operation({
    id: 'listStops',
    method: 'GET',
    path: '/v1/tours/{tourId}/stops',
    tag: 'Tours and stops',
    summary: 'The stops of a tour, in order of their start',
    access: anyone,
    status: 200,
    contract: listStops,
    publicRead: {
      maxAgeMs,
      cacheTags: (input, output) => [`tour:${input['tourId']}`, ...stopsCacheTags(output)],
      changesAtMs: nextWindowChangeMs,
    },
  }),
  operation({
    id: 'getStop',
    method: 'GET',
    path: '/v1/stops/{id}',
    tag: 'Tours and stops',
    summary: 'One stop',
    access: anyone,
    status: 200,
    contract: getStop,
    publicRead: {
      maxAgeMs,
      cacheTags: (_input, output) => stopCacheTags(output),
      changesAtMs: nextWindowChangeMs,
    },
  }),
  operation({
    id: 'updateStop',
    method: 'PATCH',
    path: '/v1/stops/{id}',
    tag: 'Tours and stops',
    summary: 'Change a stop',
    description:
      'Once published, `startsAt` and `endsAt` change only through reschedule. After the end only `description`, ' +
      '`travel` and `contact` change.',
    access: organizer,
    status: 200,
    contract: updateStop,
    catchUp,
    invalidates: (_input, output) => stopCacheTags(output),
  }),
  operation({
    id: 'deleteStop',
    method: 'DELETE',
    path: '/v1/stops/{id}',
    tag: 'Tours and stops',
    summary: 'Delete a draft that was never published',
    description: 'Its sessions are cancelled. Every other stop is cancelled instead.',
    access: organizer,
    status: 204,
    contract: deleteStop,
    invalidates: (input) => [`stop:${input['id']}`],
  }),
  move('publishStop', 'publish', publishStop, 'Publish a draft stop'),
  move(
    'rescheduleStop',
    'reschedule',
    rescheduleStop,
    'Move a stop in time',
    'Registrations stay. The registration window keeps its `opensAt`; `closesAt` and `changesUntil` move by the same ' +
      "shift, cut to the stop's end, unless the body names them. Scheduled sessions move by the same shift of the wall " +
      'clock; those that can not are named in `unscheduledSessions`.',
  ),
  move('cancelStop', 'cancel', cancelStop, 'Cancel a stop with all its registrations and sessions'),
  move(
    'completeStop',
    'complete',
    completeStop,
    'Complete a stop',
    'Before its start only with `early: true`.',
  ),
];
