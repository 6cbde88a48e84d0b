import {
  Availability,
  addDelegate,
  approveRegistration,
  cancelRegistration,
  declineRegistration,
  exportRegistrationsCsv,
  exportRegistrationsXlsx,
  getAvailability,
  getRegistration,
  listRegistrations,
  registerDelegation,
  reissueBadge,
  removeDelegate,
  substituteDelegate,
  type OutputOf,
  type RequestContract,
} from '#contracts';
import { anyone, company, companyOrOrganizer, organizer } from './access.js';
import { csvType, exportedFile, xlsxType } from './exported-file.js';
import { operation, programmeDeadlineMs, type Method, type Operation } from './operation.js';

const tag = 'Registrations';
const showsContacts = true;
/** Events report every registration and every change of a stop; the refresh after this time is a safety net. */
const availabilityMaxAgeMs = 60_000;
/** In a rush an event comes with every registration: availability is then fetched twice in this time. */
const availabilityGraceMs = 500;

type AvailabilityAnswer = OutputOf<typeof getAvailability>;

/** A change of one delegation, answered with the registration. */
function change(
  id: string,
  method: Method,
  path: string,
  contract: RequestContract,
  more: Pick<Operation, 'access' | 'summary' | 'status'> & { description?: string },
): Operation {
  return operation({
    id,
    method,
    path: `/v1/registrations/{id}${path}`,
    tag,
    contract,
    showsContacts,
    ...more,
  });
}

export const registrationsOperations = [
  operation({
    id: 'registerDelegation',
    method: 'POST',
    path: '/v1/stops/{stopId}/registrations',
    tag,
    summary: 'Register a delegation',
    description: 'It gets all its seats, or joins the waiting list whole.',
    access: company,
    status: 201,
    contract: registerDelegation,
  }),
  operation({
    id: 'listRegistrations',
    method: 'GET',
    path: '/v1/stops/{stopId}/registrations',
    tag,
    summary: 'The registrations of a stop; a company sees its own',
    access: companyOrOrganizer,
    status: 200,
    contract: listRegistrations,
    showsContacts,
  }),
  change('getRegistration', 'GET', '', getRegistration, {
    access: companyOrOrganizer,
    status: 200,
    summary: 'One registration',
    description:
      "The organizer of the stop sees the company's contact; it is `null` while the service that keeps it does not answer.",
  }),
  change('cancelRegistration', 'POST', '/cancel', cancelRegistration, {
    access: companyOrOrganizer,
    status: 200,
    summary: 'Cancel a registration; who waits moves up',
  }),
  change('approveRegistration', 'POST', '/approve', approveRegistration, {
    access: organizer,
    status: 200,
    summary: 'Approve a pending registration',
  }),
  change('declineRegistration', 'POST', '/decline', declineRegistration, {
    access: organizer,
    status: 200,
    summary: 'Decline a pending or waiting registration',
  }),
  change('addDelegate', 'POST', '/delegates', addDelegate, {
    access: companyOrOrganizer,
    status: 201,
    summary: 'Add one delegate',
  }),
  change('substituteDelegate', 'PATCH', '/delegates/{delegateId}', substituteDelegate, {
    access: companyOrOrganizer,
    status: 200,
    summary: 'Substitute or correct a delegate',
    description: 'Seat and sign-ups stay. A new e-mail makes a new badge and clears the check-in.',
  }),
  change('reissueBadge', 'POST', '/delegates/{delegateId}/reissue-badge', reissueBadge, {
    access: companyOrOrganizer,
    status: 200,
    summary: 'Give a delegate a new badge',
    description: 'The old badge is no longer valid. The check-in stays.',
  }),
  change('removeDelegate', 'DELETE', '/delegates/{delegateId}', removeDelegate, {
    access: companyOrOrganizer,
    status: 200,
    summary: 'Remove a delegate; the last one can only be cancelled',
  }),
  operation({
    id: 'getAvailability',
    method: 'GET',
    path: '/v1/stops/{stopId}/availability',
    tag,
    summary: 'How many seats are taken and left, at most 1 s behind',
    access: anyone,
    status: 200,
    contract: getAvailability,
    signature: { ...getAvailability, output: Availability },
    present: ({ basis: _basis, ...shown }: AvailabilityAnswer) => shown,
    publicRead: {
      maxAgeMs: availabilityMaxAgeMs,
      cacheTags: ({ stopId = '' }) => [`stop:${stopId}`, `seats:${stopId}`],
      changesAtMs: (output) => {
        const { changesAt } = (output as AvailabilityAnswer).basis;
        return changesAt === null ? Infinity : Date.parse(changesAt);
      },
      follows: {
        graceMs: availabilityGraceMs,
        basedOn: ({ stopId = '' }, output) => {
          const { stopVersion } = (output as AvailabilityAnswer).basis;
          return { stopId, version: stopVersion };
        },
      },
    },
  }),
  operation({
    id: 'exportRegistrationsCsv',
    method: 'GET',
    path: '/v1/stops/{stopId}/registrations.csv',
    tag,
    summary: 'The delegates of a stop as CSV, one row each',
    access: organizer,
    status: 200,
    contract: exportRegistrationsCsv,
    deadlineMs: programmeDeadlineMs,
    format: exportedFile(csvType),
  }),
  operation({
    id: 'exportRegistrationsXlsx',
    method: 'GET',
    path: '/v1/stops/{stopId}/registrations.xlsx',
    tag,
    summary: 'The delegates of a stop as an Excel workbook, one row each',
    access: organizer,
    status: 200,
    contract: exportRegistrationsXlsx,
    deadlineMs: programmeDeadlineMs,
    format: exportedFile(xlsxType),
  }),
];
