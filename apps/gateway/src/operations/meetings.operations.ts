import {
  acceptMeeting,
  acceptPlan,
  cancelPlan,
  getPlan,
  listMeetingPlans,
  rejectPlan,
  startMeetingPlan,
  type MeetingPlan,
  cancelMeeting,
  checkInMeeting,
  declineMeeting,
  exportMeetingsCsv,
  exportMeetingsXlsx,
  getMeeting,
  getMeetingAttendance,
  getMeetingRules,
  listMeetings,
  recordMeetingAttendance,
  requestMeeting,
  scheduleMeeting,
  setMeetingAttendance,
  setMeetingDelegate,
  setMeetingRules,
  unscheduleMeeting,
  withdrawMeeting,
  type RequestContract,
  type Role,
} from '#contracts';
import { anyone, company, companyOrOrganizer, door, organizer } from './access.js';
import { csvType, exportedFile, xlsxType } from './exported-file.js';
import { operation, programmeDeadlineMs, type Method, type Operation } from './operation.js';

const everybodyThere: readonly Role[] = ['company', 'organizer', 'staff'];

function ofStop(
  id: string,
  method: Method,
  path: string,
  contract: RequestContract,
  more: Pick<Operation, 'summary' | 'status' | 'access'> &
    Partial<Pick<Operation, 'description' | 'location' | 'format' | 'deadlineMs'>>,
): Operation {
  return operation({ id, method, path: `/v1/stops/{stopId}${path}`, tag: 'Meetings', contract, ...more });
}

/** A move of a meeting's life: `POST /v1/meetings/{id}/<verb>`. */
function move(
  id: string,
  verb: string,
  contract: RequestContract,
  access: readonly Role[],
  summary: string,
  description?: string,
): Operation {
  return operation({
    id,
    method: 'POST',
    path: `/v1/meetings/{id}/${verb}`,
    tag: 'Meetings',
    summary,
    ...(description === undefined ? {} : { description }),
    access,
    status: 200,
    contract,
  });
}

function ofPlan(id: string, verb: string, contract: RequestContract, summary: string): Operation {
  return operation({
    id,
    method: 'POST',
    path: `/v1/plans/{id}/${verb}`,
    tag: 'Meetings',
    summary,
    access: organizer,
    status: 200,
    contract,
  });
}

export const meetingsOperations = [
  ofStop('setMeetingRules', 'PUT', '/meeting-rules', setMeetingRules, {
    summary: 'Say when, where and how companies meet at a stop',
    access: organizer,
    status: 200,
  }),
  ofStop('getMeetingRules', 'GET', '/meeting-rules', getMeetingRules, {
    summary: 'When, where and how companies meet at a stop',
    access: anyone,
    status: 200,
  }),
  ofStop('setMeetingAttendance', 'PUT', '/meeting-attendance', setMeetingAttendance, {
    summary: 'Say who of you comes to meetings, and when nobody can',
    access: company,
    status: 200,
  }),
  ofStop('getMeetingAttendance', 'GET', '/meeting-attendance', getMeetingAttendance, {
    summary: 'Who comes to meetings: your own, or for the organizer of every company that said so',
    access: companyOrOrganizer,
    status: 200,
  }),
  ofStop('requestMeeting', 'POST', '/meetings', requestMeeting, {
    summary: 'Ask a company for a meeting',
    description: 'Between two that said `must` of each other it is accepted at once.',
    access: company,
    status: 201,
  }),
  ofStop('listMeetings', 'GET', '/meetings', listMeetings, {
    summary: 'The meetings of a stop; a company sees its own',
    access: everybodyThere,
    status: 200,
  }),
  ofStop('exportMeetingsCsv', 'GET', '/meetings.csv', exportMeetingsCsv, {
    summary: 'The meetings and requests of a stop as CSV, one row each',
    description: 'Companies, times and tables; people stand there by their ids alone.',
    access: organizer,
    status: 200,
    deadlineMs: programmeDeadlineMs,
    format: exportedFile(csvType),
  }),
  ofStop('exportMeetingsXlsx', 'GET', '/meetings.xlsx', exportMeetingsXlsx, {
    summary: 'The meetings and requests of a stop as an Excel workbook, one row each',
    access: organizer,
    status: 200,
    deadlineMs: programmeDeadlineMs,
    format: exportedFile(xlsxType),
  }),
  operation({
    id: 'getMeeting',
    method: 'GET',
    path: '/v1/meetings/{id}',
    tag: 'Meetings',
    summary: 'One meeting',
    description:
      'Once both sides consented, each of the two companies reads here whom it meets. Every such look leaves a line in ' +
      'the audit.',
    access: everybodyThere,
    status: 200,
    contract: getMeeting,
  }),
  move('acceptMeeting', 'accept', acceptMeeting, company, 'Accept a request, and say who comes'),
  move('declineMeeting', 'decline', declineMeeting, company, 'Decline a request'),
  move('withdrawMeeting', 'withdraw', withdrawMeeting, company, 'Take an own request back'),
  move(
    'cancelMeeting',
    'cancel',
    cancelMeeting,
    companyOrOrganizer,
    'Cancel an accepted or scheduled meeting',
  ),
  operation({
    id: 'setMeetingDelegate',
    method: 'PUT',
    path: '/v1/meetings/{id}/delegate',
    tag: 'Meetings',
    summary: 'Say who of you comes to a meeting, with the consent of that person',
    access: company,
    status: 200,
    contract: setMeetingDelegate,
  }),
  move(
    'scheduleMeeting',
    'schedule',
    scheduleMeeting,
    companyOrOrganizer,
    'Give a meeting its slot and table, or move it',
    'Without `tableNo` it gets the lowest free table. Companies may where participants schedule.',
  ),
  move('unscheduleMeeting', 'unschedule', unscheduleMeeting, companyOrOrganizer, 'Take a meeting its place'),
  move(
    'recordMeetingAttendance',
    'attendance',
    recordMeetingAttendance,
    door,
    'Say whether a meeting was held',
  ),
  ofStop('checkInMeeting', 'POST', '/meetings/check-ins', checkInMeeting, {
    summary: 'Scan a badge at a table; both sides scanned, the meeting is held',
    access: door,
    status: 200,
  }),
  ofStop('startMeetingPlan', 'POST', '/meeting-plans', startMeetingPlan, {
    summary: 'Have all meetings of a stop planned',
    description:
      'Nothing changes until the plan is accepted. Equal meetings, seeds and steps give equal plans, unless time ended ' +
      'the search. `seconds: 0` leaves the exact search out, which raises the bound or finds a better plan.',
    access: organizer,
    status: 202,
    location: ({ id }: MeetingPlan) => `/v1/plans/${id}`,
  }),
  ofStop('listMeetingPlans', 'GET', '/meeting-plans', listMeetingPlans, {
    summary: 'The plans of a stop',
    access: organizer,
    status: 200,
  }),
  operation({
    id: 'getPlan',
    method: 'GET',
    path: '/v1/plans/{id}',
    tag: 'Meetings',
    summary: 'One plan: what it is worth, how far it is from the best possible, and what has no place',
    description:
      'No schedule is worth more than `bound`. A plan is `stale` once what it was made from has changed.',
    access: organizer,
    status: 200,
    contract: getPlan,
  }),
  ofPlan('acceptPlan', 'accept', acceptPlan, 'Give the meetings of a plan their places, all or none'),
  ofPlan('rejectPlan', 'reject', rejectPlan, 'Put a plan aside'),
  ofPlan('cancelPlan', 'cancel', cancelPlan, 'End the computation of a plan'),
];
