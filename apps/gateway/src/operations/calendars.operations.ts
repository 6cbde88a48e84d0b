import { getStopCalendar, getTimetableCalendar, getTourCalendar } from '#contracts';
import { anyone } from './access.js';
import { operation, wholeProgrammeMs, type OtherAnswer } from './operation.js';

const tag = 'Calendars';
const maxAgeMs = 1_000;
const description =
  'RFC 5545. A change raises SEQUENCE and a cancelled entry says so: subscribed calendars follow.';
const answers: OtherAnswer = {
  mediaType: 'text/calendar; charset=utf-8',
  from: (output: { ics: string }) => output.ics,
};

export const calendarsOperations = [
  operation({
    id: 'getTourCalendar',
    method: 'GET',
    path: '/v1/tours/{id}/calendar.ics',
    tag,
    summary: 'The stops of a tour as a calendar',
    description,
    access: anyone,
    status: 200,
    contract: getTourCalendar,
    answers,
    publicRead: { maxAgeMs, topics: (input) => [`tour:${input['id']}`] },
  }),
  operation({
    id: 'getStopCalendar',
    method: 'GET',
    path: '/v1/stops/{id}/calendar.ics',
    tag,
    summary: 'A stop as a calendar',
    description,
    access: anyone,
    status: 200,
    contract: getStopCalendar,
    answers,
    publicRead: { maxAgeMs, topics: (input) => [`stop:${input['id']}`] },
  }),
  operation({
    id: 'getTimetableCalendar',
    method: 'GET',
    path: '/v1/stops/{stopId}/timetable.ics',
    tag,
    summary: 'The released timetable of a stop as a calendar',
    description,
    access: anyone,
    status: 200,
    contract: getTimetableCalendar,
    deadlineMs: wholeProgrammeMs,
    answers,
    publicRead: { maxAgeMs, topics: (input) => [`stop:${input['stopId']}`] },
  }),
];
