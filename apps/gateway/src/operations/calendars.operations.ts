import {
  createCalendarFeed,
  getMeetingsCalendar,
  getStopCalendar,
  getTimetableCalendar,
  getTourCalendar,
} from '#contracts';
import { anyone, company } from './access.js';
import { operation, programmeDeadlineMs, type ResponseFormat } from './operation.js';

const tag = 'Calendars';
const maxAgeMs = 1_000;
const description =
  'RFC 5545. A change raises SEQUENCE, and a cancelled entry says so and why: subscribed calendars follow. They are ' +
  'asked to look again every 15 minutes.';
const format: ResponseFormat = {
  mediaType: 'text/calendar; charset=utf-8',
  render: (output: { ics: string }) => output.ics,
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
    needsBaseUrl: true,
    format,
    publicRead: { maxAgeMs, cacheTags: (input) => [`tour:${input['id']}`] },
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
    needsBaseUrl: true,
    format,
    publicRead: { maxAgeMs, cacheTags: (input) => [`stop:${input['id']}`] },
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
    deadlineMs: programmeDeadlineMs,
    format,
    publicRead: { maxAgeMs, cacheTags: (input) => [`stop:${input['stopId']}`] },
  }),
  operation({
    id: 'createCalendarFeed',
    method: 'POST',
    path: '/v1/companies/me/calendar-feed',
    tag,
    summary: 'Make the address at which calendar programs read your meetings',
    description: 'Its token is shown once. The address of before ends.',
    access: company,
    status: 201,
    contract: createCalendarFeed,
  }),
  operation({
    id: 'getMeetingsCalendar',
    method: 'GET',
    path: '/v1/companies/me/meetings.ics',
    tag,
    summary: 'Your meetings as a calendar',
    description: `${description} Read with the company’s key, or by anybody with the token of its feed as \`feed\`.`,
    access: ['public', 'company'],
    status: 200,
    contract: getMeetingsCalendar,
    format,
  }),
];
