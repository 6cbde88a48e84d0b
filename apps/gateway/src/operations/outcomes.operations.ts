import {
  addFollowUpStep,
  confirmFollowUpStep,
  createFollowUp,
  exportStopResults,
  exportTourStatistics,
  getFollowUp,
  getMeetingOutcome,
  getStopResults,
  getTourStatistics,
  listFollowUps,
  setMeetingOutcome,
  type OutputOf,
} from '#contracts';
import { anyone, company, companyOrOrganizer } from './access.js';
import { operation, type Operation, type PublicReadPolicy, type ResponseFormat } from './operation.js';

const tag = 'Outcomes';

/** Figures may be 10 s behind: no event invalidates them. */
const figuresMaxAgeMs = 2_000;
const figures: Pick<Operation, 'access' | 'status' | 'tag'> = { access: anyone, status: 200, tag };
const ofStop: PublicReadPolicy = {
  maxAgeMs: figuresMaxAgeMs,
  cacheTags: ({ stopId = '' }) => [`stop:${stopId}`],
};
const ofTour: PublicReadPolicy = {
  maxAgeMs: figuresMaxAgeMs,
  cacheTags: ({ tourId = '' }) => [`tour:${tourId}`],
};
const hidden = 'Organizers see exact figures, all others every count under 5 as `"<5"`. At most 10 s behind.';

type Csv = OutputOf<typeof exportStopResults>;
const csv: ResponseFormat = {
  mediaType: 'text/csv; charset=utf-8',
  render: (output: Csv) => output.csv,
  fileName: (output: Csv) => output.fileName,
};

export const outcomesOperations = [
  operation({
    id: 'setMeetingOutcome',
    method: 'PUT',
    path: '/v1/meetings/{id}/outcome',
    tag,
    summary: 'Say what a meeting led to',
    description: 'Each side for itself, once the meeting is marked as held. It may be said anew.',
    access: company,
    status: 200,
    contract: setMeetingOutcome,
  }),
  operation({
    id: 'getMeetingOutcome',
    method: 'GET',
    path: '/v1/meetings/{id}/outcome',
    tag,
    summary: 'What the sides said of a meeting; a company sees its own side',
    access: companyOrOrganizer,
    status: 200,
    contract: getMeetingOutcome,
  }),
  operation({
    id: 'createFollowUp',
    method: 'POST',
    path: '/v1/follow-ups',
    tag,
    summary: 'Begin a follow-up of two companies',
    description: 'After a meeting, or between two companies at a stop. One thread for each subject.',
    access: companyOrOrganizer,
    status: 201,
    contract: createFollowUp,
  }),
  operation({
    id: 'listFollowUps',
    method: 'GET',
    path: '/v1/follow-ups',
    tag,
    summary: 'Follow-ups; a company sees its own',
    description:
      'With `carriedTo` those of other stops of the tour that are not over and whose two companies both come to that stop.',
    access: companyOrOrganizer,
    status: 200,
    contract: listFollowUps,
  }),
  operation({
    id: 'getFollowUp',
    method: 'GET',
    path: '/v1/follow-ups/{id}',
    tag,
    summary: 'One follow-up with its steps',
    access: companyOrOrganizer,
    status: 200,
    contract: getFollowUp,
  }),
  operation({
    id: 'addFollowUpStep',
    method: 'POST',
    path: '/v1/follow-ups/{id}/steps',
    tag,
    summary: 'Report a step of a follow-up',
    description: 'The stage moves once the other side or the organizer confirms the step, and only forward.',
    access: companyOrOrganizer,
    status: 201,
    contract: addFollowUpStep,
  }),
  operation({
    id: 'confirmFollowUpStep',
    method: 'POST',
    path: '/v1/follow-ups/{id}/steps/{n}/confirm',
    tag,
    summary: 'Confirm a step that somebody else reported',
    access: companyOrOrganizer,
    status: 200,
    contract: confirmFollowUpStep,
  }),
  operation({
    id: 'getStopResults',
    method: 'GET',
    path: '/v1/stops/{stopId}/results',
    summary: 'What a stop led to, as a funnel',
    description: `Each figure with what it is a part of. ${hidden}`,
    ...figures,
    contract: getStopResults,
    publicRead: ofStop,
  }),
  operation({
    id: 'exportStopResults',
    method: 'GET',
    path: '/v1/stops/{stopId}/results.csv',
    summary: 'The funnel of a stop as CSV',
    ...figures,
    contract: exportStopResults,
    format: csv,
    publicRead: ofStop,
  }),
  operation({
    id: 'getTourStatistics',
    method: 'GET',
    path: '/v1/tours/{tourId}/statistics',
    summary: 'What a tour led to, as a whole and stop by stop',
    description: `Companies count once in a tour. ${hidden}`,
    ...figures,
    contract: getTourStatistics,
    publicRead: ofTour,
  }),
  operation({
    id: 'exportTourStatistics',
    method: 'GET',
    path: '/v1/tours/{tourId}/statistics.csv',
    summary: 'The funnels of a tour and its stops as CSV',
    ...figures,
    contract: exportTourStatistics,
    format: csv,
    publicRead: ofTour,
  }),
];
