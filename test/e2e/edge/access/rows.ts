import { randomInt, randomUUID } from 'node:crypto';
import { aSession, aStop, delegates, inDays, newUscc, type Answer } from '../../../support/client.js';
import type { CallerName, World } from './scenario.js';

/** What one request asks for: made anew after each request that may have used it up. */
export interface Target {
  path?: Record<string, string>;
  query?: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** What only those in `shows` may find in the answer. */
  secret?: string;
}

/** Who may do what to something that belongs to the first organization, company or stop. */
export interface Row {
  operation: string;
  of?: string;
  /** Who succeeds, separated by spaces. */
  allowed: string;
  /** Whose role may do this, but not to this one: 404, as if it did not exist. */
  hidden?: string;
  /** Refusals with another code than the role or the ownership would give. */
  refused?: Partial<Record<CallerName, [number, string]>>;
  /** Of those who succeed, who finds the secret in the answer; nobody else may. */
  shows?: string;
  target: (world: World) => Target | Promise<Target>;
  /** What is another way for people who are signed in than for API keys. */
  forPeople?: Pick<Row, 'allowed' | 'hidden' | 'refused'>;
  /** What an admin has to name in the body besides, since it belongs to nothing. */
  adminNames?: (world: World) => object;
}

type Body = Answer['body'];

const everybody = 'public admin organizer organizer2 company company2 staff staff2';
const organizers = { allowed: 'organizer', hidden: 'organizer2' };
const both = { allowed: 'organizer company', hidden: 'organizer2 company2' };

const id = (of: Body): Target => ({ path: { id: of.id } });
const stopId = (of: Body): Target => ({ path: { stopId: of.id } });
const delegateOf = (of: Body): Target => ({ path: { id: of.id, delegateId: of.delegates[0].id } });
const delegate = () => ({ ...delegates(1)[0] });

const adminNames = ({ ids }: World) => ({ organizationId: ids.organization });

const accounts: Row[] = [
  { operation: 'getMe', allowed: everybody.replace('public ', ''), target: () => ({}) },
  {
    operation: 'createOrganization',
    allowed: 'admin',
    target: () => ({ body: { name: { en: 'Example organizer' } } }),
  },
  {
    operation: 'createApiKey',
    of: 'the own kind',
    allowed: 'organizer organizer2 company company2 admin',
    target: () => ({ body: { label: 'second' } }),
    adminNames,
  },
  {
    operation: 'createApiKey',
    of: 'a door of a stop',
    allowed: 'organizer admin',
    hidden: 'organizer2',
    target: ({ stop }) => ({ body: { label: 'door', role: 'staff', stopId: stop.id } }),
    adminNames,
  },
  {
    operation: 'createApiKey',
    of: 'a named company',
    allowed: 'company admin',
    hidden: 'company2 organizer organizer2',
    target: ({ ids }) => ({ body: { label: 'lost', companyId: ids.company } }),
  },
  {
    operation: 'createApiKey',
    of: 'a named organization',
    allowed: 'organizer admin',
    hidden: 'organizer2 company company2',
    target: ({ ids }) => ({ body: { label: 'lost', organizationId: ids.organization } }),
  },
  {
    operation: 'listApiKeys',
    allowed: 'organizer organizer2 company company2 admin',
    shows: 'organizer admin',
    // An admin has the keys of all tests: the list begins behind the key before.
    target: async (world) => {
      const before = await world.newKey();
      const cursor = Buffer.from(JSON.stringify([before.id])).toString('base64url');
      return { secret: (await world.newKey()).label, query: `?limit=200&cursor=${cursor}` };
    },
  },
  {
    operation: 'deleteApiKey',
    allowed: 'organizer admin',
    hidden: 'organizer2 company company2',
    target: async (world) => id(await world.newKey()),
  },
  {
    operation: 'getMyCompany',
    allowed: 'company company2',
    shows: 'company',
    target: ({ ids }) => ({ secret: ids.company }),
  },
  {
    operation: 'updateMyCompany',
    allowed: 'company company2',
    shows: 'company',
    target: ({ ids }) => ({ secret: ids.company, body: { industry: 'data' } }),
  },
  {
    operation: 'exportMyCompany',
    allowed: 'company company2',
    shows: 'company',
    target: ({ ids }) => ({ secret: ids.company }),
  },
  {
    operation: 'listCompanies',
    allowed: 'organizer organizer2',
    shows: '',
    target: () => ({ secret: 'contact', query: '?limit=200' }),
  },
  {
    operation: 'getCompany',
    allowed: 'organizer organizer2',
    shows: '',
    target: ({ ids }) => ({ path: { id: ids.company }, secret: 'contact' }),
  },
  {
    operation: 'verifyCompany',
    allowed: 'organizer organizer2',
    target: ({ ids }) => ({ path: { id: ids.company3 } }),
  },
  {
    operation: 'suspendCompany',
    allowed: 'organizer organizer2',
    target: ({ ids }) => ({ path: { id: ids.company3 } }),
  },
];

const everyKey = everybody.replace('public ', '');
const forbidden: [number, string] = [403, 'auth.forbidden'];
const unknownId = '01990000-0000-7000-8000-0000000000ff';
const newAddress = () => `member-${randomUUID()}@example.com`;
/** Mails are limited by network, and all tests share this machine. */
const newNetwork = () => ({ 'x-forwarded-for': `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}` });

const people: Row[] = [
  {
    operation: 'updateMe',
    allowed: '',
    refused: Object.fromEntries(everyKey.split(' ').map((caller) => [caller, forbidden])),
    forPeople: { allowed: everyKey.replace('admin ', ''), refused: { admin: forbidden } },
    target: () => ({ body: { name: '示例用户' } }),
  },
  // Acting as one's own changes the cookie: that is shown where one person does it.
  {
    operation: 'actAs',
    allowed: '',
    hidden: everyKey,
    target: () => ({ body: { membershipId: unknownId } }),
  },
  { operation: 'listSignIns', allowed: everyKey, target: () => ({}) },
  { operation: 'exportMe', allowed: everyKey, target: () => ({}) },
  {
    operation: 'endSignIn',
    allowed: 'organizer',
    hidden: everyKey.replace('organizer ', ''),
    target: async (world) => ({ path: { id: await world.newSignIn() } }),
  },
  {
    operation: 'listMembers',
    allowed: 'organizer organizer2 company company2',
    shows: 'organizer',
    target: async (world) => ({ secret: (await world.newMember()).email }),
  },
  {
    operation: 'inviteMember',
    allowed: 'organizer organizer2 company company2',
    target: () => ({ body: { email: newAddress() } }),
  },
  {
    operation: 'inviteMember',
    of: 'to the door of a stop',
    allowed: 'organizer',
    hidden: 'organizer2',
    refused: { company: forbidden, company2: forbidden },
    target: ({ stop }) => ({ body: { email: newAddress(), role: 'staff', stopId: stop.id } }),
  },
  {
    operation: 'removeMember',
    allowed: 'organizer',
    hidden: 'organizer2 company company2',
    target: async (world) => id(await world.newMember()),
  },
  {
    operation: 'createDoorPass',
    ...organizers,
    target: ({ stop }) => ({ ...stopId(stop), body: { label: '一号门' } }),
  },
  {
    operation: 'listDoorPasses',
    ...organizers,
    target: ({ stop }) => stopId(stop),
  },
  {
    operation: 'deleteDoorPass',
    ...organizers,
    target: async (world) => ({ path: { stopId: world.stop.id, id: (await world.newDoorPass()).id } }),
  },
];

/** The last rows of all: they end the sign-ins of those who ask. */
const waysInAndOut: Row[] = [
  {
    operation: 'askSignInCode',
    allowed: everybody,
    target: () => ({ body: { email: newAddress() }, headers: newNetwork() }),
  },
  {
    operation: 'createCompany',
    allowed: everybody,
    // A member of a company signs no second one up; others go on as its first member.
    forPeople: {
      allowed: 'public admin organizer organizer2 staff staff2',
      refused: { company: forbidden, company2: forbidden },
    },
    target: () => ({
      body: {
        name: { en: 'Example Company' },
        uscc: newUscc(),
        contact: { name: 'A', email: 'a@example.com' },
      },
    }),
  },
  {
    operation: 'signIn',
    allowed: everybody,
    target: async (world) => ({ body: { apiKey: (await world.newKey()).apiKey } }),
  },
  { operation: 'signOut', allowed: everybody, target: () => ({}) },
];

const stops: Row[] = [
  {
    operation: 'createTour',
    allowed: 'organizer organizer2',
    target: () => ({ body: { name: { en: 'Tour' } } }),
  },
  {
    operation: 'listTours',
    allowed: everybody,
    shows: 'organizer admin',
    target: async (world) => ({
      secret: (await world.newDraft()).tourId,
      query: await world.lastPage('/v1/tours'),
    }),
  },
  {
    operation: 'getTour',
    of: 'a published one',
    allowed: everybody,
    target: ({ stop }) => ({ path: { id: stop.tourId } }),
  },
  {
    operation: 'getTour',
    of: 'one that was never published',
    allowed: 'organizer admin',
    hidden: 'public organizer2 company company2 staff staff2',
    target: async (world) => id(await world.newTour()),
  },
  {
    operation: 'updateTour',
    ...organizers,
    target: async (world) => ({ ...id(await world.newTour()), body: { name: { en: 'Other' } } }),
  },
  { operation: 'deleteTour', ...organizers, target: async (world) => id(await world.newTour()) },
  {
    operation: 'createStop',
    ...organizers,
    target: async (world) => ({ path: { tourId: (await world.newTour()).id }, body: aStop() }),
  },
  {
    operation: 'listStops',
    of: 'a published tour',
    allowed: everybody,
    shows: 'organizer admin',
    target: async (world) => {
      const { tourId } = await world.newStop();
      const later = aStop({ startsAt: inDays(40), endsAt: inDays(40, 2) });
      const draft = await world.organizer.post(`/v1/tours/${tourId}/stops`, later);
      return { path: { tourId }, secret: draft.body.id };
    },
  },
  {
    operation: 'listStops',
    of: 'a tour that was never published',
    allowed: 'organizer admin',
    hidden: 'public organizer2 company company2 staff staff2',
    target: async (world) => ({ path: { tourId: (await world.newDraft()).tourId } }),
  },
  { operation: 'getStop', of: 'a published one', allowed: everybody, target: ({ stop }) => id(stop) },
  {
    operation: 'getStop',
    of: 'a draft',
    allowed: 'organizer admin',
    hidden: 'public organizer2 company company2 staff staff2',
    target: async (world) => id(await world.newDraft()),
  },
  {
    operation: 'updateStop',
    ...organizers,
    target: async (world) => ({ ...id(await world.newStop()), body: { capacity: 11 } }),
  },
  { operation: 'publishStop', ...organizers, target: async (world) => id(await world.newDraft()) },
  {
    operation: 'rescheduleStop',
    ...organizers,
    target: async (world) => ({
      ...id(await world.newStop()),
      body: { startsAt: inDays(31), endsAt: inDays(31, 5) },
    }),
  },
  {
    operation: 'cancelStop',
    ...organizers,
    target: async (world) => ({ ...id(await world.newStop()), body: { reason: 'weather' } }),
  },
  {
    operation: 'completeStop',
    ...organizers,
    target: async (world) => ({ ...id(await world.newStop()), body: { early: true } }),
  },
  { operation: 'deleteStop', ...organizers, target: async (world) => id(await world.newDraft()) },
];

const registrations: Row[] = [
  {
    operation: 'registerDelegation',
    of: 'at a published stop',
    allowed: 'company company2',
    target: async (world) => ({ ...stopId(await world.newStop()), body: { delegates: delegates(1) } }),
  },
  {
    operation: 'registerDelegation',
    of: 'at a draft',
    allowed: '',
    hidden: 'company company2',
    target: async (world) => ({ ...stopId(await world.newDraft()), body: { delegates: delegates(1) } }),
  },
  {
    operation: 'listRegistrations',
    allowed: 'organizer company company2',
    hidden: 'organizer2',
    shows: 'organizer company',
    target: ({ stop, registration }) => ({ ...stopId(stop), secret: registration.delegates[0].email }),
  },
  {
    operation: 'getRegistration',
    ...both,
    target: ({ registration }) => id(registration),
  },
  { operation: 'cancelRegistration', ...both, target: async (world) => id(await world.newRegistration()) },
  { operation: 'approveRegistration', ...organizers, target: async (world) => id(await world.newPending()) },
  { operation: 'declineRegistration', ...organizers, target: async (world) => id(await world.newPending()) },
  {
    operation: 'addDelegate',
    ...both,
    target: async (world) => ({ ...id(await world.newRegistration()), body: delegate() }),
  },
  {
    operation: 'substituteDelegate',
    ...both,
    target: async (world) => ({ ...delegateOf(await world.newRegistration()), body: delegate() }),
  },
  {
    operation: 'reissueBadge',
    ...both,
    target: async (world) => delegateOf(await world.newRegistration()),
  },
  {
    operation: 'removeDelegate',
    ...both,
    target: async (world) => delegateOf(await world.newRegistration()),
  },
  {
    operation: 'eraseDelegate',
    ...both,
    target: async (world) => delegateOf(await world.newRegistration()),
  },
  {
    operation: 'getAvailability',
    of: 'a published stop',
    allowed: everybody,
    target: ({ stop }) => stopId(stop),
  },
  {
    operation: 'getAvailability',
    of: 'a draft',
    allowed: 'organizer admin',
    hidden: 'public organizer2 company company2 staff staff2',
    target: async (world) => stopId(await world.newDraft()),
  },
  { operation: 'exportRegistrationsCsv', ...organizers, target: ({ stop }) => stopId(stop) },
  { operation: 'exportRegistrationsXlsx', ...organizers, target: ({ stop }) => stopId(stop) },
];

const door = { allowed: 'organizer staff', hidden: 'organizer2 staff2' };

const checkIn: Row[] = [
  { operation: 'getBadge', ...both, target: ({ registration }) => delegateOf(registration) },
  {
    operation: 'checkInDelegate',
    ...door,
    target: ({ stop, registration }) => ({
      ...stopId(stop),
      body: { badge: registration.delegates[0].badge },
    }),
  },
  {
    operation: 'undoCheckIn',
    ...door,
    target: ({ stop, registration }) => ({
      path: { stopId: stop.id, delegateId: registration.delegates[0].id },
    }),
  },
  { operation: 'getDoorList', ...door, target: ({ stop }) => stopId(stop) },
  { operation: 'getAttendance', ...door, target: ({ stop }) => stopId(stop) },
];

const sessions: Row[] = [
  {
    operation: 'proposeSession',
    of: 'at a published stop',
    allowed: 'organizer company company2',
    hidden: 'organizer2',
    target: ({ stop }) => ({ ...stopId(stop), body: aSession() }),
  },
  {
    operation: 'proposeSession',
    of: 'at a draft',
    allowed: 'organizer',
    hidden: 'organizer2 company company2',
    target: async (world) => ({ ...stopId(await world.newDraft()), body: aSession() }),
  },
  {
    operation: 'listSessions',
    allowed: 'organizer company company2',
    hidden: 'organizer2',
    shows: 'organizer company',
    target: async (world) => ({
      ...stopId(world.stop),
      query: '?limit=200',
      secret: (await world.newProposal()).id,
    }),
  },
  {
    operation: 'getSession',
    of: 'a proposal',
    ...both,
    hidden: `${both.hidden} public admin staff staff2`,
    target: async (world) => id(await world.newProposal()),
  },
  {
    operation: 'getSession',
    of: 'a scheduled one',
    allowed: 'organizer company company2',
    hidden: 'organizer2 public admin staff staff2',
    shows: 'organizer',
    target: async (world) => ({ ...id((await world.newScheduled()).session), secret: '@example.com' }),
  },
  {
    operation: 'getSession',
    of: 'a released one',
    allowed: everybody,
    shows: 'organizer',
    target: async (world) => {
      const { session, stop } = await world.newScheduled();
      await world.organizer.post(`/v1/stops/${stop.id}/timetable/releases`);
      return { ...id(session), secret: '@example.com' };
    },
  },
  {
    operation: 'listBlockedTimes',
    ...organizers,
    target: async (world) => id(await world.newAccepted()),
  },
  {
    operation: 'swapSession',
    ...organizers,
    target: async (world) => {
      const { session, other } = await world.newSwappable();
      return { ...id(session), body: { withId: other.id } };
    },
  },
  {
    operation: 'updateSession',
    ...both,
    target: async (world) => ({ ...id(await world.newProposal()), body: { track: 'data' } }),
  },
  {
    operation: 'reviewSession',
    ...organizers,
    target: async (world) => ({ ...id(await world.newProposal()), body: { score: 5 } }),
  },
  { operation: 'listReviews', ...organizers, target: async (world) => id(await world.newProposal()) },
  { operation: 'acceptSession', ...organizers, target: async (world) => id(await world.newProposal()) },
  { operation: 'rejectSession', ...organizers, target: async (world) => id(await world.newProposal()) },
  {
    operation: 'withdrawSession',
    allowed: 'company',
    hidden: 'company2',
    target: async (world) => id(await world.newProposal()),
  },
  {
    operation: 'scheduleSession',
    ...organizers,
    target: async (world) => {
      const { session, stop } = await world.newScheduled();
      return { ...id(session), body: world.placeAt(stop) };
    },
  },
  {
    operation: 'unscheduleSession',
    ...organizers,
    target: async (world) => id((await world.newScheduled()).session),
  },
  { operation: 'cancelSession', ...organizers, target: async (world) => id(await world.newAccepted()) },
  {
    operation: 'importSchedule',
    ...organizers,
    target: async (world) => ({
      ...stopId(await world.newStop()),
      body: { schedule: { conference: { days: [] } } },
    }),
  },
  { operation: 'releaseTimetable', ...organizers, target: async (world) => stopId(await world.newStop()) },
];

const released = async (world: World): Promise<Target> => {
  const { stop } = await world.newScheduled();
  await world.organizer.post(`/v1/stops/${stop.id}/timetable/releases`);
  return stopId(stop);
};
const draftOf = async (world: World): Promise<Target> => ({
  ...(await released(world)),
  query: '?release=draft',
});
const draftTimetable: Pick<Row, 'of' | 'allowed' | 'hidden' | 'target'> = {
  of: 'the draft',
  allowed: 'organizer',
  hidden: 'organizer2',
  target: draftOf,
};

const reads: Row[] = [
  { operation: 'listTimetableReleases', allowed: everybody, target: released },
  { operation: 'getTimetable', of: 'the release', allowed: everybody, target: released },
  { operation: 'listSessionSeats', allowed: everybody, target: released },
  { operation: 'getTimetable', ...draftTimetable },
  { operation: 'getTimetableCalendar', of: 'the release', allowed: everybody, target: released },
  { operation: 'getTimetableCalendar', ...draftTimetable },
  { operation: 'exportScheduleJson', allowed: everybody, target: released },
  { operation: 'exportScheduleXml', allowed: everybody, target: released },
  { operation: 'getStopCalendar', allowed: everybody, target: ({ stop }) => id(stop) },
  { operation: 'getTourCalendar', allowed: everybody, target: ({ stop }) => ({ path: { id: stop.tourId } }) },
  {
    operation: 'listAudit',
    allowed: 'admin organizer organizer2',
    shows: 'admin organizer',
    target: ({ stop }) => ({ query: `?resourceType=stop&resourceId=${stop.id}`, secret: stop.id }),
  },
];

const signUps: Row[] = [
  {
    operation: 'signUpDelegates',
    allowed: 'company',
    refused: { company2: [409, 'signup.not_confirmed'] },
    target: async (world) => {
      const { session, delegateId } = await world.newScheduled();
      return { ...id(session), body: { delegateIds: [delegateId] } };
    },
  },
  {
    operation: 'removeSignup',
    ...both,
    target: async (world) => {
      const { session, delegateId } = await world.newSignUp();
      return { path: { id: session.id, delegateId } };
    },
  },
  {
    operation: 'listSignups',
    allowed: 'organizer company company2',
    hidden: 'organizer2',
    shows: 'organizer company',
    target: async (world) => {
      const { session, delegateId } = await world.newSignUp();
      return { ...id(session), secret: delegateId };
    },
  },
];

const ofWebhook = { allowed: 'organizer', hidden: 'organizer2 company company2' };
const webhook = async (world: World): Promise<Target> => id(await world.newWebhook());
const from = '2027-01-01T00:00:00Z';

const webhooks: Row[] = [
  { operation: 'listEventTypes', allowed: everybody, target: () => ({}) },
  { operation: 'listEvents', allowed: 'organizer organizer2 company company2', target: () => ({}) },
  { operation: 'streamEvents', allowed: 'organizer organizer2 company company2', target: () => ({}) },
  {
    operation: 'createWebhook',
    allowed: 'organizer organizer2 company company2',
    target: ({ webhookBody }) => ({ body: webhookBody }),
  },
  {
    operation: 'listWebhooks',
    allowed: 'organizer organizer2 company company2',
    shows: 'organizer',
    target: async (world) => ({ secret: (await world.newWebhook()).id }),
  },
  { operation: 'getWebhook', ...ofWebhook, target: webhook },
  {
    operation: 'updateWebhook',
    ...ofWebhook,
    target: async (world) => ({ ...(await webhook(world)), body: { label: 'renamed' } }),
  },
  { operation: 'deleteWebhook', ...ofWebhook, target: webhook },
  { operation: 'pauseWebhook', ...ofWebhook, target: webhook },
  { operation: 'enableWebhook', ...ofWebhook, target: async (world) => id(await world.newPausedWebhook()) },
  {
    operation: 'rotateWebhookSecret',
    ...ofWebhook,
    target: async (world) => ({ ...(await webhook(world)), body: {} }),
  },
  {
    operation: 'testWebhook',
    ...ofWebhook,
    target: async (world) => ({ ...(await webhook(world)), body: {} }),
  },
  {
    operation: 'replayWebhook',
    ...ofWebhook,
    target: async (world) => ({ ...(await webhook(world)), body: { from } }),
  },
  { operation: 'listDeliveries', ...ofWebhook, target: webhook },
  { operation: 'redeliver', ...ofWebhook, target: async (world) => ({ path: await world.newDelivery() }) },
];

const forOrganizer = { allowed: 'organizer organizer2' };
const template = { path: { kind: 'seat-confirmed', language: 'en' } };
const words = { subject: 'Your seat: {stopName}', text: 'Dear {recipientName}, …' };
const announcementOf = async (world: World): Promise<Target> => id(await world.newAnnouncement());

const mails: Row[] = [
  { operation: 'getNotificationSettings', ...forOrganizer, target: () => ({}) },
  {
    operation: 'updateNotificationSettings',
    ...forOrganizer,
    target: () => ({ body: { calendarMode: 'invite' } }),
  },
  { operation: 'listMailTemplates', ...forOrganizer, target: () => ({}) },
  { operation: 'putMailTemplate', ...forOrganizer, target: () => ({ ...template, body: words }) },
  { operation: 'previewMailTemplate', ...forOrganizer, target: () => ({ ...template, body: words }) },
  { operation: 'deleteMailTemplate', ...forOrganizer, target: () => template },
  { operation: 'listMails', ...organizers, target: ({ stop }) => stopId(stop) },
  {
    operation: 'retryMail',
    allowed: '',
    hidden: 'organizer organizer2',
    target: () => ({ path: { id: '019b2f5e-7c00-7000-8000-000000000001' } }),
  },
  {
    operation: 'createAnnouncement',
    ...organizers,
    target: ({ stop, announcementBody }) => ({ ...stopId(stop), body: announcementBody }),
  },
  { operation: 'listAnnouncements', ...organizers, target: ({ stop }) => stopId(stop) },
  { operation: 'getAnnouncement', ...organizers, target: announcementOf },
  { operation: 'previewAnnouncement', ...organizers, target: announcementOf },
  {
    operation: 'approveAnnouncement',
    ...organizers,
    target: async (world) => {
      const announcement = await world.newAnnouncement();
      return { ...id(announcement), body: { recipients: await world.recipientsOf(announcement) } };
    },
  },
  {
    operation: 'stopAnnouncement',
    ...organizers,
    target: async (world) => id(await world.newApprovedAnnouncement()),
  },
  {
    operation: 'showUnsubscribe',
    allowed: '',
    hidden: everybody,
    target: () => ({ path: { token: 'made-up' } }),
  },
  {
    operation: 'unsubscribe',
    allowed: '',
    hidden: everybody,
    target: () => ({ path: { token: 'made-up' } }),
  },
];

const inTour: Pick<Row, 'allowed' | 'refused'> = {
  allowed: 'company',
  refused: { company2: [403, 'listing.not_of_tour'] },
};
const listingOf = async (world: World): Promise<Target> => id(await world.newListing());
const tourId = ({ stop }: World) => ({ tourId: stop.tourId });
const listingBody = {
  side: 'offer',
  title: { zh: '方言语音' },
  text: { zh: '五千小时录音' },
  concepts: ['kind.dataset', 'modality.speech'],
};

const listings: Row[] = [
  { operation: 'getVocabulary', allowed: everybody, target: () => ({}) },
  {
    operation: 'proposeConcepts',
    allowed: 'organizer organizer2 company company2',
    target: () => ({ body: { title: { zh: '语音' }, text: { zh: '标注' } } }),
  },
  {
    operation: 'createListing',
    ...inTour,
    target: (world) => ({ path: tourId(world), body: listingBody }),
  },
  {
    operation: 'listListings',
    ...inTour,
    allowed: 'organizer company',
    hidden: 'organizer2',
    target: (world) => ({ path: tourId(world) }),
  },
  { operation: 'exportListingsCsv', ...organizers, target: (world) => ({ path: tourId(world) }) },
  { operation: 'exportListingsXlsx', ...organizers, target: (world) => ({ path: tourId(world) }) },
  { operation: 'getListing', ...both, target: listingOf },
  {
    operation: 'updateListing',
    allowed: 'company',
    hidden: 'company2',
    target: async (world) => ({ ...(await listingOf(world)), body: { side: 'need' } }),
  },
  { operation: 'publishListing', allowed: 'company', hidden: 'company2', target: listingOf },
  {
    operation: 'pauseListing',
    allowed: 'company',
    hidden: 'company2',
    target: async (world) => id(await world.newListing({ publish: true })),
  },
  { operation: 'closeListing', allowed: 'company', hidden: 'company2', target: listingOf },
  {
    operation: 'removeListing',
    ...organizers,
    target: async (world) => ({ ...(await listingOf(world)), body: { reason: '离题' } }),
  },
  {
    operation: 'setInterest',
    ...inTour,
    target: (world) => ({
      path: { ...tourId(world), companyId: world.ids.company3 },
      body: { level: 'want' },
    }),
  },
  {
    operation: 'removeInterest',
    ...inTour,
    target: (world) => ({ path: { ...tourId(world), companyId: world.ids.company3 } }),
  },
  { operation: 'listInterests', ...inTour, target: (world) => ({ path: tourId(world) }) },
  {
    operation: 'suggestPartners',
    allowed: 'company',
    refused: { company2: [403, 'meeting.not_attending'] },
    target: ({ stop }) => stopId(stop),
  },
];

const ofBot = { allowed: 'organizer', hidden: 'organizer2' };
const bot = async (world: World): Promise<Target> => id(await world.newBot());

const bots: Row[] = [
  {
    operation: 'createBot',
    allowed: 'organizer organizer2',
    target: ({ botBody }) => ({ body: botBody }),
  },
  {
    operation: 'listBots',
    allowed: 'organizer organizer2',
    shows: 'organizer',
    target: async (world) => ({ secret: (await world.newBot()).id }),
  },
  { operation: 'getBot', ...ofBot, target: bot },
  {
    operation: 'updateBot',
    ...ofBot,
    target: async (world) => ({ ...(await bot(world)), body: { language: 'en' } }),
  },
  { operation: 'deleteBot', ...ofBot, target: bot },
  { operation: 'testBot', ...ofBot, target: bot },
];

const attendees: Pick<Row, 'allowed' | 'refused'> = {
  allowed: 'company',
  refused: { company2: [403, 'meeting.not_attending'] },
};
const partners = { allowed: 'company', hidden: 'company2' };
const scheduledBy: Omit<Row, 'operation' | 'target'> = {
  allowed: 'organizer',
  hidden: 'organizer2 company2',
  refused: { company: [403, 'auth.forbidden'] },
};
const meetingOf = async (world: World): Promise<Target> => id(await world.newMeeting());
const delegateBody = async (world: World): Promise<Target> => {
  const meeting = await world.newMeeting();
  return { ...id(meeting), body: { delegateId: meeting.ownDelegateId, consent: { textVersion: '1' } } };
};

const meetings: Row[] = [
  {
    operation: 'setMeetingRules',
    ...organizers,
    target: async (world) => {
      const stop = await world.newStop();
      return { ...stopId(stop), body: world.meetingRules(stop) };
    },
  },
  {
    operation: 'getMeetingRules',
    allowed: everybody,
    target: async (world) => ({ path: { stopId: (await world.newMeeting()).stopId } }),
  },
  {
    operation: 'setMeetingAttendance',
    ...attendees,
    target: ({ stop, registration }) => ({
      ...stopId(stop),
      body: { delegateIds: [registration.delegates[0].id] },
    }),
  },
  {
    operation: 'getMeetingAttendance',
    ...attendees,
    allowed: 'organizer company',
    hidden: 'organizer2',
    target: ({ stop }) => stopId(stop),
  },
  {
    operation: 'requestMeeting',
    ...attendees,
    target: async (world) => world.meetingToAsk(),
  },
  {
    operation: 'listMeetings',
    ...attendees,
    allowed: 'organizer company staff',
    hidden: 'organizer2 staff2',
    target: ({ stop }) => stopId(stop),
  },
  { operation: 'exportMeetingsCsv', ...organizers, target: ({ stop }) => stopId(stop) },
  { operation: 'exportMeetingsXlsx', ...organizers, target: ({ stop }) => stopId(stop) },
  {
    operation: 'getMeeting',
    allowed: 'organizer company',
    hidden: 'organizer2 company2 staff staff2',
    target: meetingOf,
  },
  { operation: 'acceptMeeting', ...partners, target: delegateBody },
  { operation: 'declineMeeting', ...partners, target: meetingOf },
  {
    operation: 'withdrawMeeting',
    ...partners,
    target: async (world) => id(await world.newMeeting('asked by the company')),
  },
  {
    operation: 'cancelMeeting',
    allowed: 'organizer company',
    hidden: 'organizer2 company2',
    target: async (world) => id(await world.newAcceptedMeeting()),
  },
  { operation: 'setMeetingDelegate', ...partners, target: delegateBody },
  {
    operation: 'scheduleMeeting',
    ...scheduledBy,
    target: async (world) => {
      const meeting = await world.newAcceptedMeeting();
      return { ...id(meeting), body: { startsAt: meeting.firstSlot } };
    },
  },
  {
    operation: 'unscheduleMeeting',
    ...scheduledBy,
    target: async (world) => id(await world.newScheduledMeeting()),
  },
  {
    operation: 'recordMeetingAttendance',
    allowed: '',
    hidden: 'organizer2 staff staff2',
    refused: { organizer: [409, 'meeting.too_early'] },
    target: async (world) => ({ ...id(await world.newScheduledMeeting()), body: { held: true } }),
  },
  {
    operation: 'checkInMeeting',
    allowed: '',
    hidden: 'organizer2 staff staff2',
    refused: { organizer: [409, 'meeting.too_early'] },
    target: async (world) => {
      const meeting = await world.newScheduledMeeting();
      return { path: { stopId: meeting.stopId }, body: { badge: meeting.badge } };
    },
  },
  { operation: 'createCalendarFeed', allowed: 'company company2', target: () => ({}) },
  {
    operation: 'getMeetingsCalendar',
    allowed: 'company company2',
    refused: { public: [401, 'auth.required'] },
    target: () => ({}),
  },
  {
    operation: 'startMeetingPlan',
    ...organizers,
    target: async (world) => {
      const { stopId } = await world.newAcceptedMeeting();
      return { path: { stopId }, body: { steps: 100, seconds: 0 } };
    },
  },
  {
    operation: 'listMeetingPlans',
    ...organizers,
    target: async (world) => ({ path: { stopId: (await world.readyPlan()).stopId } }),
  },
  { operation: 'getPlan', ...organizers, target: async (world) => id(await world.readyPlan()) },
  { operation: 'acceptPlan', ...organizers, target: async (world) => id(await world.newPlan()) },
  { operation: 'rejectPlan', ...organizers, target: async (world) => id(await world.newPlan()) },
  {
    operation: 'cancelPlan',
    allowed: '',
    hidden: 'organizer2',
    refused: { organizer: [409, 'plan.invalid_transition'] },
    target: async (world) => id(await world.readyPlan()),
  },
];

const batchBody = { alliance: { zh: '数据标注产业联盟' }, series: 'ACCESS' };
const caseBody = ({ stop, ids }: World) => ({
  title: { zh: '示例案例' },
  field: '制造',
  companyIds: [ids.company],
  summary: { zh: '质检' },
  stopId: stop.id,
});
const paperBody = { title: { zh: '白皮书' }, authors: [], issuers: ['示例机构'], edition: '1' };
const draftHidden = { allowed: 'organizer', hidden: everybody.replace('organizer ', '') };
const announcedThing = { allowed: everybody };
const tourPath = (world: World): Target => ({ path: tourId(world) });

const outcomes: Row[] = [
  {
    operation: 'setMeetingOutcome',
    allowed: '',
    hidden: 'company2',
    refused: { company: [409, 'outcome.not_held'] },
    target: async (world) => ({
      ...id(await world.newScheduledMeeting()),
      body: { useful: 4, next: 'talk' },
    }),
  },
  { operation: 'getMeetingOutcome', ...both, target: async (world) => id(await world.newScheduledMeeting()) },
  {
    operation: 'createFollowUp',
    ...both,
    target: ({ ids, stop }) => ({
      body: { companies: [ids.company, ids.company3], stopId: stop.id, subject: '试用' },
    }),
  },
  {
    operation: 'listFollowUps',
    allowed: 'organizer organizer2 company company2',
    shows: 'organizer company',
    target: async (world) => ({
      secret: (await world.newFollowUp()).id,
      query: `?stopId=${world.stop.id}&limit=200`,
    }),
  },
  { operation: 'getFollowUp', ...both, target: async (world) => id(await world.newFollowUp()) },
  {
    operation: 'addFollowUpStep',
    ...both,
    target: async (world) => ({ ...id(await world.newFollowUp()), body: { stage: 'talking' } }),
  },
  {
    operation: 'confirmFollowUpStep',
    allowed: 'organizer',
    hidden: 'organizer2 company2',
    refused: { company: [409, 'outcome.own_step'] },
    target: async (world) => ({ path: { id: (await world.newFollowUpStep()).id, n: '1' } }),
  },
  { operation: 'getStopResults', allowed: everybody, target: ({ stop }) => stopId(stop) },
  { operation: 'exportStopResults', allowed: everybody, target: ({ stop }) => stopId(stop) },
  { operation: 'getTourStatistics', allowed: everybody, target: tourPath },
  { operation: 'exportTourStatistics', allowed: everybody, target: tourPath },
  {
    operation: 'createMembershipBatch',
    ...organizers,
    target: (world) => ({ ...tourPath(world), body: batchBody }),
  },
  { operation: 'listMembershipBatches', allowed: everybody, target: tourPath },
  { operation: 'getMembershipBatch', ...draftHidden, target: async (world) => id(await world.newBatch()) },
  {
    operation: 'updateMembershipBatch',
    ...organizers,
    target: async (world) => ({ ...id(await world.newBatch()), body: { series: 'OTHER' } }),
  },
  { operation: 'deleteMembershipBatch', ...organizers, target: async (world) => id(await world.newBatch()) },
  {
    operation: 'addBatchMember',
    ...organizers,
    target: async (world) => ({
      ...id(await world.newBatch()),
      body: { name: { zh: '示例企业' }, category: '会员' },
    }),
  },
  {
    operation: 'removeBatchMember',
    ...organizers,
    target: async (world) => {
      const batch = await world.newBatch();
      return { path: { id: batch.id, memberId: batch.members[0].id } };
    },
  },
  {
    operation: 'announceMembershipBatch',
    ...organizers,
    target: async (world) => id(await world.newBatch()),
  },
  {
    operation: 'nominateCase',
    ...organizers,
    target: (world) => ({ ...tourPath(world), body: caseBody(world) }),
  },
  { operation: 'listCases', allowed: everybody, target: tourPath },
  { operation: 'getCase', ...draftHidden, target: async (world) => id(await world.newCase(caseBody(world))) },
  {
    operation: 'updateCase',
    ...organizers,
    target: async (world) => ({ ...id(await world.newCase(caseBody(world))), body: { field: '医疗' } }),
  },
  {
    operation: 'deleteCase',
    ...organizers,
    target: async (world) => id(await world.newCase(caseBody(world))),
  },
  {
    operation: 'reviewCase',
    ...organizers,
    target: async (world) => ({ ...id(await world.newCase(caseBody(world))), body: { score: 4 } }),
  },
  {
    operation: 'listCaseReviews',
    ...organizers,
    target: async (world) => id(await world.newCase(caseBody(world))),
  },
  {
    operation: 'selectCase',
    ...organizers,
    target: async (world) => id(await world.newCase(caseBody(world))),
  },
  {
    operation: 'announceCase',
    ...organizers,
    target: async (world) => id(await world.newCase(caseBody(world), 'select')),
  },
  {
    operation: 'createPaper',
    ...organizers,
    target: (world) => ({ ...tourPath(world), body: paperBody }),
  },
  { operation: 'listPapers', allowed: everybody, target: tourPath },
  {
    operation: 'getPaper',
    ...announcedThing,
    target: async (world) => id(await world.newPaper(paperBody, 'announce')),
  },
  {
    operation: 'updatePaper',
    ...organizers,
    target: async (world) => ({ ...id(await world.newPaper(paperBody)), body: { edition: '2' } }),
  },
  { operation: 'deletePaper', ...organizers, target: async (world) => id(await world.newPaper(paperBody)) },
  { operation: 'announcePaper', ...organizers, target: async (world) => id(await world.newPaper(paperBody)) },
  {
    operation: 'issueCertificates',
    allowed: '',
    hidden: 'organizer2',
    refused: { organizer: [409, 'stop.not_started'] },
    target: ({ stop }) => stopId(stop),
  },
  {
    operation: 'listCertificates',
    allowed: 'organizer company company2',
    hidden: 'organizer2',
    target: ({ stop }) => stopId(stop),
  },
  {
    operation: 'revokeCertificate',
    allowed: '',
    hidden: 'organizer organizer2',
    target: () => ({ path: { id: randomUUID() }, body: { reason: '误发' } }),
  },
  {
    operation: 'replaceCertificate',
    allowed: '',
    hidden: 'organizer organizer2',
    target: () => ({ path: { id: randomUUID() } }),
  },
  {
    operation: 'renderCertificate',
    allowed: '',
    hidden: 'organizer organizer2 company company2',
    target: () => ({ path: { id: randomUUID() } }),
  },
  {
    operation: 'renderBadges',
    allowed: 'organizer company company2',
    hidden: 'organizer2',
    target: ({ stop }) => stopId(stop),
  },
  {
    operation: 'renderPlaques',
    ...organizers,
    target: async (world) => id(await world.newBatch('announce')),
  },
  { operation: 'renderReport', ...organizers, target: ({ stop }) => stopId(stop) },
  {
    operation: 'verifyCode',
    allowed: everybody,
    target: () => ({ path: { code: '00000-00000-00000-00000-0' } }),
  },
];

export const rows: Row[] = [
  ...outcomes,
  ...people,
  ...meetings,
  ...listings,
  ...accounts,
  ...stops,
  ...registrations,
  ...checkIn,
  ...sessions,
  ...reads,
  ...signUps,
  ...webhooks,
  ...bots,
  ...mails,
  ...waysInAndOut,
];
