import {
  addBatchMember,
  announceCase,
  announceMembershipBatch,
  announcePaper,
  createMembershipBatch,
  createPaper,
  deleteCase,
  deleteMembershipBatch,
  deletePaper,
  getCase,
  getMembershipBatch,
  getPaper,
  issueCertificates,
  listCaseReviews,
  listCases,
  listCertificates,
  listMembershipBatches,
  listPapers,
  nominateCase,
  removeBatchMember,
  replaceCertificate,
  reviewCase,
  revokeCertificate,
  selectCase,
  updateCase,
  updateMembershipBatch,
  updatePaper,
  verifyCode,
  type RequestContract,
} from '#contracts';
import { anyone, companyOrOrganizer, organizer } from './access.js';
import { operation, type Method, type Operation, type PublicReadPolicy } from './operation.js';

const tag = 'Ledger';
const maxAgeMs = 2_000;

const ofTour: PublicReadPolicy = { maxAgeMs, cacheTags: ({ tourId = '' }) => [`tour:${tourId}`] };
const ofOne: PublicReadPolicy = { maxAgeMs, cacheTags: (_input, output) => [tourOf(output)] };

function tourOf(output: unknown): `tour:${string}` {
  return `tour:${(output as { tourId: string }).tourId}`;
}

/** What anybody reads once it was announced; drafts are their organizer's alone. */
function read(id: string, path: string, contract: RequestContract, summary: string): Operation {
  const publicRead = path.includes('{tourId}') ? ofTour : ofOne;
  return operation({
    id,
    method: 'GET',
    path,
    tag,
    summary,
    access: anyone,
    status: 200,
    contract,
    publicRead,
  });
}

function change(
  id: string,
  method: Method,
  path: string,
  contract: RequestContract,
  more: { summary: string; description?: string; status?: 200 | 201 | 204 },
): Operation {
  const { status = 200, ...texts } = more;
  return operation({ id, method, path, tag, access: organizer, status, contract, ...texts });
}

/** Announcing makes public what nobody could read before. */
function announce(id: string, path: string, contract: RequestContract, summary: string): Operation {
  return operation({
    id,
    method: 'POST',
    path,
    tag,
    summary,
    description: 'After that it never changes. A correction is a new entry that names it in `corrects`.',
    access: organizer,
    status: 200,
    contract,
    invalidates: (_input, output) => [tourOf(output)],
  });
}

const batches = '/v1/membership-batches/{id}';

export const ledgerOperations = [
  change('createMembershipBatch', 'POST', '/v1/tours/{tourId}/membership-batches', createMembershipBatch, {
    summary: 'Begin a batch of alliance members',
    description:
      'Plaques are numbered 1, 2, 3 … in each series of the organization, when the batch is announced.',
    status: 201,
  }),
  read(
    'listMembershipBatches',
    '/v1/tours/{tourId}/membership-batches',
    listMembershipBatches,
    'The batches of members of a tour',
  ),
  read('getMembershipBatch', batches, getMembershipBatch, 'One batch of members'),
  change('updateMembershipBatch', 'PATCH', batches, updateMembershipBatch, {
    summary: 'Change a batch that was not announced',
  }),
  change('deleteMembershipBatch', 'DELETE', batches, deleteMembershipBatch, {
    summary: 'Delete a batch that was not announced',
    status: 204,
  }),
  change('addBatchMember', 'POST', `${batches}/members`, addBatchMember, {
    summary: 'Add a member to a batch',
    description:
      'A company of the system, or a name. `corrects` names an announced entry that this one replaces.',
    status: 201,
  }),
  change('removeBatchMember', 'DELETE', `${batches}/members/{memberId}`, removeBatchMember, {
    summary: 'Take a member out of a batch',
    status: 204,
  }),
  announce(
    'announceMembershipBatch',
    `${batches}/announce`,
    announceMembershipBatch,
    'Announce a batch of members',
  ),
  change('nominateCase', 'POST', '/v1/tours/{tourId}/cases', nominateCase, {
    summary: 'Nominate an application case',
    status: 201,
  }),
  read('listCases', '/v1/tours/{tourId}/cases', listCases, 'The application cases of a tour'),
  read('getCase', '/v1/cases/{id}', getCase, 'One application case'),
  change('updateCase', 'PATCH', '/v1/cases/{id}', updateCase, {
    summary: 'Change a case that was not announced',
  }),
  change('deleteCase', 'DELETE', '/v1/cases/{id}', deleteCase, {
    summary: 'Delete a case that was not announced',
    status: 204,
  }),
  change('reviewCase', 'PUT', '/v1/cases/{id}/review', reviewCase, {
    summary: 'Score a nominated case, or declare a conflict of interest',
    description:
      'One review for each reviewer; a later one replaces it, and keeps its comment unless it brings another, or null. A declared conflict counts as no score.',
  }),
  change('listCaseReviews', 'GET', '/v1/cases/{id}/reviews', listCaseReviews, {
    summary: 'The reviews of a case, and the mean of their scores',
  }),
  change('selectCase', 'POST', '/v1/cases/{id}/select', selectCase, { summary: 'Select a nominated case' }),
  announce('announceCase', '/v1/cases/{id}/announce', announceCase, 'Announce a selected case'),
  change('createPaper', 'POST', '/v1/tours/{tourId}/papers', createPaper, {
    summary: 'Add a white paper or another publication',
    status: 201,
  }),
  read('listPapers', '/v1/tours/{tourId}/papers', listPapers, 'The publications of a tour'),
  read('getPaper', '/v1/papers/{id}', getPaper, 'One publication'),
  change('updatePaper', 'PATCH', '/v1/papers/{id}', updatePaper, {
    summary: 'Change a publication that was not announced',
  }),
  change('deletePaper', 'DELETE', '/v1/papers/{id}', deletePaper, {
    summary: 'Delete a publication that was not announced',
    status: 204,
  }),
  announce('announcePaper', '/v1/papers/{id}/announce', announcePaper, 'Announce a publication'),
  change('issueCertificates', 'POST', '/v1/stops/{stopId}/certificates/issue', issueCertificates, {
    summary: 'Issue the certificates of a stop that are missing',
    description:
      'Attendance for every delegate who checked in, speaking for every speaker of a scheduled session; from the ' +
      "stop's start on. What was revoked is not issued again.",
  }),
  operation({
    id: 'listCertificates',
    method: 'GET',
    path: '/v1/stops/{stopId}/certificates',
    tag,
    summary: 'The certificates of a stop; a company sees those of its people',
    access: companyOrOrganizer,
    status: 200,
    contract: listCertificates,
  }),
  change('revokeCertificate', 'POST', '/v1/certificates/{id}/revoke', revokeCertificate, {
    summary: 'Revoke a certificate',
  }),
  change('replaceCertificate', 'POST', '/v1/certificates/{id}/replace', replaceCertificate, {
    summary: "Replace a certificate by one with the holder's present name",
    status: 201,
  }),
  operation({
    id: 'verifyCode',
    method: 'GET',
    path: '/v1/verify/{code}',
    tag,
    summary: 'What a verification code stands for',
    description:
      'Codes are Crockford base 32 with a check symbol, read in any case, with or without hyphens, O as 0, I and L as 1. ' +
      'An unknown or malformed code is answered `{ "valid": false }` in the same time. Of a person only the first ' +
      'character of the name is shown. Limited to 30 a minute and address.',
    access: anyone,
    status: 200,
    contract: verifyCode,
    rateLimit: 'verifications',
    publicRead: { maxAgeMs: 0, cacheTags: () => [] },
  }),
];
