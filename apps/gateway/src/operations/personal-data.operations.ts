import { z } from 'zod';
import {
  CompanyExport,
  MyExport,
  eraseDelegate,
  exportCalendarFeed,
  exportCertificates,
  exportListings,
  exportFollowUps,
  exportMeetingOutcomes,
  exportMeetings,
  exportRegistrations,
  exportSessions,
  formatInstant,
  getMe,
  getMyCompany,
  listApiKeys,
  listMembers,
  listSignIns,
  type InputOf,
  type RequestContract,
} from '#contracts';
import { anyKey, company, companyOrOrganizer } from './access.js';
import { operation, signature, type Ask } from './operation.js';

type Paged<Item extends z.ZodType> = RequestContract<
  typeof exportSessions.input,
  z.ZodObject<{ items: z.ZodArray<Item>; nextCursor: z.ZodNullable<z.ZodString> }>
>;

/** Items of one answer: so few that the largest ones allowed fit into one message of the broker. */
const registrationsOfPage = 2;
const sessionsOfPage = 20;
const keysOfPage = 200;
const listingsOfPage = 20;
const meetingsOfPage = 100;
const followUpsOfPage = 20;
const certificatesOfPage = 200;

/** An export asks many times; the deadline of the whole bounds it. */
const exportDeadlineMs = 15_000;

/** Every page of a list, one after the other. */
async function all<Item extends z.ZodType>(
  ask: Ask,
  contract: Paged<Item>,
  limit: number,
): Promise<z.output<Item>[]> {
  const items: z.output<Item>[] = [];
  let query: InputOf<typeof exportSessions> = { limit };
  for (;;) {
    const page = await ask(contract, query);
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    query = { limit, cursor: page.nextCursor };
  }
}

async function gatherCompany(ask: Ask): Promise<CompanyExport> {
  const [
    own,
    members,
    apiKeys,
    registrations,
    sessions,
    listings,
    meetings,
    feed,
    followUps,
    meetingOutcomes,
    certificates,
  ] = await Promise.all([
    ask(getMyCompany, {}),
    all(ask, listMembers, keysOfPage),
    all(ask, listApiKeys, keysOfPage),
    all(ask, exportRegistrations, registrationsOfPage),
    all(ask, exportSessions, sessionsOfPage),
    all(ask, exportListings, listingsOfPage),
    all(ask, exportMeetings, meetingsOfPage),
    ask(exportCalendarFeed, {}),
    all(ask, exportFollowUps, followUpsOfPage),
    all(ask, exportMeetingOutcomes, meetingsOfPage),
    all(ask, exportCertificates, certificatesOfPage),
  ]);
  return {
    exportedAt: formatInstant(new Date()),
    company: own,
    members,
    apiKeys,
    registrations,
    sessions,
    listings,
    meetings,
    calendarFeed: feed.calendarFeed,
    followUps,
    meetingOutcomes,
    certificates,
  };
}

async function gatherMe(ask: Ask): Promise<MyExport> {
  const [me, signIns] = await Promise.all([ask(getMe, {}), all(ask, listSignIns, keysOfPage)]);
  return { exportedAt: formatInstant(new Date()), me, signIns };
}

export const personalDataOperations = [
  operation({
    id: 'exportMe',
    method: 'GET',
    path: '/v1/me/export',
    tag: 'People',
    summary: 'All that is held of the signed-in person, as JSON',
    description: 'Address, name, language, memberships and sign-ins; with an API key its own sign-ins alone.',
    access: anyKey,
    takesPeople: true,
    status: 200,
    signature: signature(z.strictObject({}), MyExport),
    compose: gatherMe,
    deadlineMs: exportDeadlineMs,
  }),
  operation({
    id: 'exportMyCompany',
    method: 'GET',
    path: '/v1/companies/me/export',
    tag: 'Companies',
    summary: 'All that is held of the own company, as JSON',
    description:
      'The company with its contact, its members, its keys (never their values), its registrations with delegates, check-ins and ' +
      'sign-ups, its session proposals with speakers, its listings, its meetings and what came of them, and the certificates of its people.',
    access: company,
    status: 200,
    signature: signature(z.strictObject({}), CompanyExport),
    compose: gatherCompany,
    deadlineMs: exportDeadlineMs,
  }),
  operation({
    id: 'eraseDelegate',
    method: 'POST',
    path: '/v1/registrations/{id}/delegates/{delegateId}/erase',
    tag: 'Registrations',
    summary: "Erase a delegate's name and contacts, and keep the seat",
    description:
      'Name, e-mail, mobile and job title go everywhere, also from answers that are kept for repeated requests; the ' +
      'badge ends. The name reads "—" and the e-mail `erased-<id>@erased.invalid` from then on. Seat, check-in and ' +
      'sign-ups stay, for the counts. Any state of the registration and the stop will do. Repeating is harmless.',
    access: companyOrOrganizer,
    status: 200,
    contract: eraseDelegate,
    showsContacts: true,
  }),
];
