import { z } from 'zod';
import { publicEvents } from '#contracts';

const id = (last: number) => `019b2f5e-7c00-7000-8000-${String(last).padStart(12, '0')}`;
const createdAt = '2026-12-01T01:00:00Z';
const organizationId = id(11);
const companyId = id(17);

const room = { id: id(3), name: { zh: '主会场', en: 'Main hall' }, seats: 200 };
const speaker = {
  name: '示例讲者 001',
  email: 'speaker-001@example.com',
  organization: '示例企业 017',
  jobTitle: null,
  language: 'zh',
  mayOverlap: false,
};
const place = { roomId: room.id, startsAt: '2027-01-16T02:00:00Z', endsAt: '2027-01-16T02:30:00Z' };
const title = { zh: '高质量数据集的建设' };
const venue = { name: { zh: '会议中心' }, address: null, location: null };
const city = { code: '510100', name: { zh: '成都市', en: 'Chengdu' } };
const times = { timeZone: 'Asia/Shanghai', startsAt: '2027-01-16T01:00:00Z', endsAt: '2027-01-16T10:00:00Z' };
const stopName = { zh: '成都站', en: 'Chengdu' };

const tour = {
  id: id(1),
  organizationId,
  name: { zh: '炼金工坊生态行' },
  description: null,
  website: 'https://example.com/tour',
  partners: [],
  overlappingStops: false,
  speakerTravelMinutes: 240,
  createdAt,
  version: 1,
};

const stop = {
  id: id(2),
  tourId: tour.id,
  organizationId,
  sequence: 1,
  name: stopName,
  city,
  venue,
  ...times,
  capacity: 220,
  maxDelegatesPerCompany: 10,
  registration: {
    opensAt: '2026-12-01T01:00:00Z',
    closesAt: '2027-01-15T10:00:00Z',
    approval: 'automatic',
    waitlist: true,
    waitlistPolicy: 'strict',
    verifiedOnly: false,
    changesUntil: '2027-01-16T01:00:00Z',
  },
  description: null,
  travel: { zh: '地铁 1 号线，会展中心站 B 口。' },
  contact: { name: '会务组', email: 'chengdu@example.com', phone: '+8613800138000' },
  rooms: [room],
  partners: [],
  status: 'published',
  registrationState: 'open',
  reason: null,
  createdAt,
  version: 2,
};

const delegate = {
  id: id(5),
  name: '示例代表 001',
  email: 'delegate-001@example.com',
  mobile: '+8613800138000',
  jobTitle: null,
  language: 'zh',
  badge: null,
};

const registration = {
  id: id(4),
  stopId: stop.id,
  companyId,
  status: 'waitlisted',
  seats: 1,
  waitlistPosition: 1,
  delegates: [delegate],
  note: null,
  reason: null,
  company: { id: companyId, name: { zh: '示例企业 017' } },
  createdAt,
  version: 1,
};

const session = {
  id: id(6),
  stopId: stop.id,
  companyId,
  title,
  abstract: null,
  track: '数据',
  kind: 'sharing',
  durationMinutes: 30,
  speakers: [speaker],
  language: 'zh',
  status: 'scheduled',
  ...place,
  reason: null,
  createdAt,
  version: 3,
};

const listing = {
  id: id(40),
  tourId: tour.id,
  companyId,
  company: { id: companyId, name: { zh: '示例企业 017' }, city },
  side: 'offer',
  title: { zh: '方言语音识别数据集', en: 'Dialect speech data' },
  text: { zh: '五千小时川渝方言录音，已转写' },
  concepts: ['kind.dataset', 'modality.speech', 'task.speech_recognition'],
  expiresAt: '2027-06-30T16:00:00Z',
  state: 'published',
  reason: null,
  createdAt,
  version: 1,
};

const webhook = {
  id: id(30),
  url: 'https://hooks.example.com/waystop',
  types: ['registration.*', 'timetable.released'],
  stopIds: null,
  label: '报名系统',
  state: 'active',
  createdAt,
  version: 2,
};
const {
  description: eventDescription,
  data: eventData,
  example: eventExample,
} = publicEvents['registration.confirmed'];
const { $schema: _dialect, ...eventSchema } = z.toJSONSchema(eventData);
const event = {
  specversion: '1.0',
  id: id(31),
  source: '/waystop',
  type: 'registration.confirmed',
  time: createdAt,
  subject: `registration/${eventExample.registrationId}`,
  datacontenttype: 'application/json',
  data: eventExample,
};

const changes = {
  added: [{ sessionId: session.id, title, from: null, to: place }],
  moved: [],
  changed: [],
  removed: [],
};
const { email: _email, language: _language, mayOverlap: _mark, ...shownSpeaker } = speaker;
const timetableSession = {
  id: session.id,
  title,
  abstract: null,
  kind: 'sharing',
  track: '数据',
  language: 'zh',
  speakers: [shownSpeaker],
  companyId,
  ...place,
};

/** One example of each resource that has a name in the document; a test reads each by its own schema. */
export const exampleResources: Readonly<Record<string, unknown>> = {
  Organization: { id: organizationId, name: { zh: '主办方', en: 'Organizer' }, createdAt, version: 1 },
  ApiKey: {
    id: id(21),
    role: 'staff',
    label: '一号门',
    organizationId,
    companyId: null,
    stopId: stop.id,
    createdAt,
    expiresAt: '2027-01-17T00:00:00Z',
    lastUsedAt: null,
  },
  NewApiKey: {
    id: id(21),
    role: 'staff',
    label: '一号门',
    expiresAt: '2027-01-17T00:00:00Z',
    apiKey: 'waystop_staff_…',
  },
  Me: {
    role: 'organizer',
    organizationId,
    companyId: null,
    stopId: null,
    keyId: null,
    user: { id: id(40), email: 'organizer-001@example.com', name: '示例用户 001', language: 'zh' },
    memberships: [
      { id: id(41), role: 'organizer', organization: { id: organizationId, name: { zh: '主办方' } } },
    ],
  },
  SignIn: { id: id(42), createdAt, lastSeenAt: createdAt, userAgent: 'Mozilla/5.0', current: true },
  Member: {
    id: id(41),
    email: 'organizer-001@example.com',
    name: '示例用户 001',
    role: 'organizer',
    stopId: null,
    state: 'joined',
    createdAt,
  },
  DoorPass: { id: id(43), label: '一号门', createdAt, expiresAt: '2027-01-17T10:00:00Z', usedAt: null },
  Company: {
    id: companyId,
    name: { zh: '示例企业 017' },
    uscc: '91350100M000100Y43',
    industry: null,
    cityCode: '510100',
    status: 'verified',
    createdAt,
    version: 2,
  },
  Tour: tour,
  Stop: stop,
  Room: room,
  Registration: registration,
  Delegate: delegate,
  Session: session,
  Speaker: speaker,
  Review: { keyId: id(22), score: 5, comment: '内容扎实', createdAt, updatedAt: createdAt },
  Timetable: {
    release: { version: 1, publishedAt: createdAt, note: '第一版' },
    stop: { id: stop.id, tourId: tour.id, name: stopName, city, venue, ...times, status: 'published' },
    rooms: [room],
    sessions: [timetableSession],
  },
  TimetableSession: timetableSession,
  TimetableChanges: changes,
  Vocabulary: {
    version: 1,
    lists: [{ id: 'modality', concepts: [{ id: 'modality.speech', zh: '语音', en: 'Speech' }] }],
  },
  Listing: listing,
  Interest: { companyId: id(18), level: 'must' },
  Suggestion: {
    company: { id: companyId, name: { zh: '示例企业 017' }, city },
    score: 32,
    parts: [
      { part: 'they_offer', points: 31, terms: [{ conceptId: 'modality.speech', points: 31 }] },
      { part: 'text', points: 1, terms: [{ text: '方言', points: 1 }] },
    ],
    listings: [{ id: listing.id, side: 'offer', title: listing.title }],
    yourListings: [{ id: id(41), side: 'need', title: { zh: '采购方言语音' } }],
  },
  MeetingRules: {
    stopId: stop.id,
    scheduling: 'organizer',
    slots: { from: '2027-01-16T05:00:00Z', to: '2027-01-16T06:00:00Z', minutes: 20, breakMinutes: 10 },
    tables: 25,
    requestQuota: 10,
    expiresHours: 72,
    opensAt: '2026-12-15T01:00:00Z',
    closesAt: '2027-01-15T10:00:00Z',
    starts: ['2027-01-16T05:00:00Z', '2027-01-16T05:30:00Z'],
    version: 1,
  },
  MeetingAttendance: { companyId, delegateIds: [delegate.id], unavailable: [], maxMeetings: 6 },
  Meeting: {
    id: id(42),
    stopId: stop.id,
    askerId: companyId,
    askedId: id(18),
    listingId: listing.id,
    message: null,
    status: 'scheduled',
    reason: null,
    missed: null,
    startsAt: '2027-01-16T05:00:00Z',
    endsAt: '2027-01-16T05:20:00Z',
    tableNo: 3,
    delegates: {
      asker: null,
      asked: { id: delegate.id, name: null, jobTitle: null, email: null, mobile: null },
    },
    createdAt,
    version: 3,
  },
  Event: event,
  EventType: {
    type: event.type,
    description: eventDescription,
    schema: eventSchema,
    example: event,
  },
  Webhook: webhook,
  NewWebhook: { ...webhook, secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw' },
  WebhookDelivery: {
    id: id(32),
    messageId: event.id,
    type: event.type,
    state: 'delivered',
    attempts: 1,
    nextAt: null,
    status: 200,
    at: createdAt,
  },
  Bot: {
    id: id(33),
    kind: 'feishu',
    url: 'https://open.feishu.cn/open-apis/bot/v2/hook/…bb01',
    types: ['registration.*', 'timetable.released'],
    stopIds: null,
    language: 'zh',
    state: 'active',
    createdAt,
    version: 1,
  },
  TimetableRelease: { publishedAt: createdAt, note: '第一版', changes, version: 1 },
};
