import { getTimetable, listSessionSeats, listTimetableReleases, releaseTimetable } from '#contracts';
import { anyone, organizer } from './access.js';
import { operation, programmeDeadlineMs } from './operation.js';
import { pathStopCacheTags } from './cache-tags.js';

const tag = 'Timetable';
const maxAgeMs = 1_000;
/** Asking registrations may take as long again, and what is shown is one second old at most. */
const seatsMaxAgeMs = 500;

export const timetableOperations = [
  operation({
    id: 'releaseTimetable',
    method: 'POST',
    path: '/v1/stops/{stopId}/timetable/releases',
    tag,
    summary: 'Release the timetable as it stands',
    description:
      'A release never changes, so what was published in it stays readable with `release=N`: also the name, organization and job title of a speaker who was removed, or whose contacts were erased, since. Removing a speaker and releasing again takes the name out of the latest release, which is all that calendars and exports show.',
    access: organizer,
    status: 201,
    contract: releaseTimetable,
    deadlineMs: programmeDeadlineMs,
    invalidates: pathStopCacheTags,
  }),
  operation({
    id: 'listTimetableReleases',
    method: 'GET',
    path: '/v1/stops/{stopId}/timetable/releases',
    tag,
    summary: 'The releases of a timetable and what each changed',
    access: anyone,
    status: 200,
    contract: listTimetableReleases,
    deadlineMs: programmeDeadlineMs,
    publicRead: { maxAgeMs, cacheTags: pathStopCacheTags },
  }),
  operation({
    id: 'getTimetable',
    method: 'GET',
    path: '/v1/stops/{stopId}/timetable',
    tag,
    summary: 'The latest release of the timetable, or the one asked for',
    description:
      'Organizers also see what is not released yet, with `release=draft`. Releases never change: an older one still names the speakers that it was published with, without addresses.',
    access: anyone,
    status: 200,
    contract: getTimetable,
    deadlineMs: programmeDeadlineMs,
    publicRead: { maxAgeMs, cacheTags: pathStopCacheTags },
  }),
  operation({
    id: 'listSessionSeats',
    method: 'GET',
    path: '/v1/stops/{stopId}/session-seats',
    tag,
    summary: 'How full the sessions of the latest release are',
    description: 'At most one second old.',
    access: anyone,
    status: 200,
    contract: listSessionSeats,
    publicRead: { maxAgeMs: seatsMaxAgeMs, cacheTags: pathStopCacheTags },
  }),
];
