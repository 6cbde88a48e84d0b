import { z } from 'zod';
import {
  Vocabulary,
  closeListing,
  exportListingsCsv,
  exportListingsXlsx,
  createListing,
  getListing,
  listInterests,
  listListings,
  pauseListing,
  proposeConcepts,
  publishListing,
  removeInterest,
  removeListing,
  setInterest,
  suggestPartners,
  updateListing,
  type RequestContract,
} from '#contracts';
import { conceptLists, concepts, vocabularyVersion } from '#reference-data';
import { anyone, company, companyOrOrganizer, organizer } from './access.js';
import { csvType, exportedFile, xlsxType } from './exported-file.js';
import { operation, programmeDeadlineMs, signature, type Operation } from './operation.js';

const tag = 'Matching';

/** Changes with the software alone. */
const vocabulary: Vocabulary = {
  version: vocabularyVersion,
  lists: conceptLists.map((id) => ({
    id,
    concepts: concepts
      .filter(({ list }) => list === id)
      .map(({ id: concept, zh, en }) => ({ id: concept, zh, en })),
  })),
};

/** A move of a listing's life: `POST /v1/listings/{id}/<verb>`. */
function move(
  verb: 'publish' | 'pause' | 'close' | 'remove',
  contract: RequestContract,
  summary: string,
  description?: string,
): Operation {
  return operation({
    id: `${verb}Listing`,
    method: 'POST',
    path: `/v1/listings/{id}/${verb}`,
    tag,
    summary,
    ...(description === undefined ? {} : { description }),
    access: verb === 'remove' ? organizer : company,
    status: 200,
    contract,
  });
}

export const listingsOperations = [
  operation({
    id: 'getVocabulary',
    method: 'GET',
    path: '/v1/vocabulary',
    tag,
    summary: 'The concepts in which offers and needs are said',
    description:
      'An id is unique over all lists and never reused. Domains follow the divisions of GB/T 4754-2017.',
    access: anyone,
    status: 200,
    signature: signature(z.strictObject({}), Vocabulary),
    respond: () => vocabulary,
  }),
  operation({
    id: 'proposeConcepts',
    method: 'POST',
    path: '/v1/listings/propose-concepts',
    tag,
    summary: 'The concepts that a text names; nothing is kept',
    description:
      'The longest match wins, and spans never overlap. `from` and `to` count UTF-16 units of that one string; `to` is ' +
      'behind the last.',
    access: companyOrOrganizer,
    status: 200,
    contract: proposeConcepts,
  }),
  operation({
    id: 'createListing',
    method: 'POST',
    path: '/v1/tours/{tourId}/listings',
    tag,
    summary: 'Offer something, or say what you need',
    description:
      'From your first live registration at a stop of the tour on. Two to eight concepts, one of them a kind.',
    access: company,
    status: 201,
    contract: createListing,
  }),
  operation({
    id: 'listListings',
    method: 'GET',
    path: '/v1/tours/{tourId}/listings',
    tag,
    summary: 'Offers and needs of a tour; companies see their own and published ones',
    access: companyOrOrganizer,
    status: 200,
    contract: listListings,
  }),
  operation({
    id: 'exportListingsCsv',
    method: 'GET',
    path: '/v1/tours/{tourId}/listings.csv',
    tag,
    summary: 'Offers and needs of a tour as CSV, one row each',
    access: organizer,
    status: 200,
    contract: exportListingsCsv,
    deadlineMs: programmeDeadlineMs,
    format: exportedFile(csvType),
  }),
  operation({
    id: 'exportListingsXlsx',
    method: 'GET',
    path: '/v1/tours/{tourId}/listings.xlsx',
    tag,
    summary: 'Offers and needs of a tour as an Excel workbook, one row each',
    access: organizer,
    status: 200,
    contract: exportListingsXlsx,
    deadlineMs: programmeDeadlineMs,
    format: exportedFile(xlsxType),
  }),
  operation({
    id: 'getListing',
    method: 'GET',
    path: '/v1/listings/{id}',
    tag,
    summary: 'One offer or need',
    access: companyOrOrganizer,
    status: 200,
    contract: getListing,
  }),
  operation({
    id: 'updateListing',
    method: 'PATCH',
    path: '/v1/listings/{id}',
    tag,
    summary: 'Change a listing, until it is closed or removed',
    access: company,
    status: 200,
    contract: updateListing,
  }),
  move('publish', publishListing, 'Show a listing to the companies of the tour', 'At most 20 at a time.'),
  move('pause', pauseListing, 'Hide a listing for a while'),
  move('close', closeListing, 'End a listing'),
  move('remove', removeListing, 'Take a listing down', 'Its company sees the reason.'),
  operation({
    id: 'setInterest',
    method: 'PUT',
    path: '/v1/tours/{tourId}/interests/{companyId}',
    tag,
    summary: 'Say how much you want to meet a company',
    description: 'Holds for all stops of the tour. Nobody else sees it, and a `no` is never disclosed.',
    access: company,
    status: 200,
    contract: setInterest,
  }),
  operation({
    id: 'removeInterest',
    method: 'DELETE',
    path: '/v1/tours/{tourId}/interests/{companyId}',
    tag,
    summary: 'Take an interest back',
    access: company,
    status: 204,
    contract: removeInterest,
  }),
  operation({
    id: 'listInterests',
    method: 'GET',
    path: '/v1/tours/{tourId}/interests',
    tag,
    summary: 'Your interests',
    access: company,
    status: 200,
    contract: listInterests,
  }),
  operation({
    id: 'suggestPartners',
    method: 'GET',
    path: '/v1/stops/{stopId}/suggestions',
    tag,
    summary: 'Companies to meet at a stop, best first, with the reasons',
    description:
      'Whole points: parts sum to the score, terms to their part. All lists of a stop are made together, at most 20 ' +
      'long, and no company stands in more than 30.',
    access: company,
    status: 200,
    contract: suggestPartners,
  }),
];
