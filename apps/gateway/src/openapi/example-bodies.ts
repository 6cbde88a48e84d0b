const location = { lat: 30.5728, lon: 104.0668 };
const delegate = {
  name: '示例代表 001',
  email: 'delegate-001@example.com',
  mobile: '13800138000',
  jobTitle: '数据负责人',
};
const stopId = '019b2f5e-7c00-7000-8000-000000000002';
const roomId = '019b2f5e-7c00-7000-8000-000000000003';
const delegateId = '019b2f5e-7c00-7000-8000-000000000005';
const otherSessionId = '019b2f5e-7c00-7000-8000-000000000007';

const tour = {
  name: { zh: '炼金工坊生态行', en: 'Workshop tour' },
  description: { zh: '高质量数据集的建设与流通' },
  website: 'https://example.com/tour',
  partners: [{ name: { zh: '示例单位 001' }, role: 'host' }],
  overlappingStops: false,
  speakerTravelMinutes: 240,
};

const stop = {
  name: { zh: '成都站', en: 'Chengdu' },
  city: { code: '510100' },
  venue: { name: { zh: '会议中心' }, address: { zh: '示例路 1 号' }, location },
  timeZone: 'Asia/Shanghai',
  startsAt: '2027-01-16T09:00:00+08:00',
  endsAt: '2027-01-16T18:00:00+08:00',
  capacity: 220,
  maxDelegatesPerCompany: 10,
  registration: {
    opensAt: '2026-12-01T09:00:00+08:00',
    closesAt: '2027-01-15T18:00:00+08:00',
    approval: 'automatic',
    waitlist: true,
    waitlistPolicy: 'strict',
    verifiedOnly: false,
    changesUntil: '2027-01-16T09:00:00+08:00',
  },
  description: {
    zh: '上午主论坛，下午分享。',
    en: 'Talks in the morning, sharing sessions in the afternoon.',
  },
  travel: { zh: '地铁 1 号线，会展中心站 B 口。' },
  contact: { name: '会务组', email: 'chengdu@example.com', phone: '13800138000' },
  rooms: [{ name: { zh: '主会场', en: 'Main hall' }, seats: 200 }],
  partners: [],
};

const session = {
  title: { zh: '高质量数据集的建设', en: 'Building good data sets' },
  abstract: { zh: '标注、清洗与评测' },
  track: '数据',
  kind: 'sharing',
  durationMinutes: 30,
  speakers: [{ name: '示例讲者 001', email: 'speaker-001@example.com', organization: '示例企业 017' }],
  language: 'zh',
};

/** A file with one talk, as tools of conferences publish it. */
export const exampleSchedule = {
  schedule: {
    version: '1.0',
    conference: {
      acronym: 'numbered2026',
      title: 'The Numbered Conference',
      time_zone_name: 'Europe/Berlin',
      days: [
        {
          index: 1,
          date: '2026-08-21',
          day_start: '2026-08-21T09:00:00+02:00',
          day_end: '2026-08-22T04:00:00+02:00',
          rooms: {
            'Hall 1': [
              {
                id: 17,
                guid: 'a0a0fcfe-b7fb-46e3-84b6-97a540601617',
                date: '2026-08-21T11:00:00+02:00',
                start: '11:00',
                duration: '00:30',
                title: 'Talk 017',
                track: 'Data',
                type: 'lecture',
                language: 'en',
                abstract: 'What it is about',
                persons: [{ id: 7, public_name: 'Speaker 007' }],
              },
            ],
          },
        },
      ],
    },
  },
};

/** One valid body for each operation that takes one; a test reads each by the operation's own schema. */
export const exampleBodies: Readonly<Record<string, unknown>> = {
  askSignInCode: { email: 'organizer-001@example.com', language: 'zh' },
  signIn: { email: 'organizer-001@example.com', code: '042137' },
  updateMe: { name: '示例用户 001', language: 'zh' },
  actAs: { membershipId: '019b2f5e-7c00-7000-8000-000000000041' },
  inviteMember: { email: 'organizer-002@example.com', role: 'organizer', language: 'zh' },
  createDoorPass: { label: '一号门' },
  createOrganization: { name: { zh: '主办方', en: 'Organizer' } },
  createApiKey: { role: 'staff', stopId, label: '一号门', expiresAt: '2027-01-17T00:00:00Z' },
  createCompany: {
    name: { zh: '示例企业 017', en: 'Example Company 017' },
    uscc: '91350100M000100Y43',
    contact: { name: '联系人', email: 'contact-017@example.com', mobile: '13800138000' },
    industry: '数据服务',
    cityCode: '510100',
  },
  updateMyCompany: { contact: { mobile: '+8613800138001' }, industry: null },
  createTour: tour,
  updateTour: { description: { en: 'Data sets of good quality' }, partners: [] },
  createStop: stop,
  updateStop: { capacity: 240, venue: { address: null } },
  rescheduleStop: {
    startsAt: '2027-01-23T09:00:00+08:00',
    endsAt: '2027-01-23T18:00:00+08:00',
    reason: '场地调整',
    registration: { closesAt: '2027-01-22T18:00:00+08:00' },
  },
  completeStop: { early: true },
  cancelStop: { reason: '场地无法使用' },
  registerDelegation: { delegates: [delegate], note: '需要一个轮椅位' },
  cancelRegistration: { reason: '行程有变' },
  declineRegistration: { reason: '名额已满' },
  addDelegate: delegate,
  substituteDelegate: { name: '示例代表 002', email: 'delegate-002@example.com' },
  checkInDelegate: { badge: 'WB-EXAMPLE', at: '2027-01-16T08:41:00+08:00' },
  proposeSession: session,
  updateSession: { durationMinutes: 45, abstract: null },
  reviewSession: { score: 5, comment: '内容扎实' },
  acceptSession: { reason: '契合主题' },
  rejectSession: { reason: '与其他分享重复' },
  withdrawSession: { reason: '讲者无法到场' },
  unscheduleSession: { reason: '等待新的时间' },
  cancelSession: { reason: '讲者无法到场' },
  scheduleSession: { roomId, startsAt: '2027-01-16T10:00:00+08:00' },
  swapSession: { withId: otherSessionId },
  importSchedule: { format: 'json', text: JSON.stringify(exampleSchedule) },
  releaseTimetable: { note: '第一版' },
  proposeConcepts: { title: { zh: '方言语音识别数据集' }, text: { zh: '五千小时川渝方言录音，已转写' } },
  createListing: {
    side: 'offer',
    title: { zh: '方言语音识别数据集', en: 'Dialect speech data' },
    text: { zh: '五千小时川渝方言录音，已转写' },
    concepts: ['kind.dataset', 'modality.speech', 'task.speech_recognition'],
    expiresAt: '2027-06-30T16:00:00Z',
    publish: true,
  },
  updateListing: { text: { zh: '六千小时川渝方言录音' } },
  removeListing: { reason: '与活动主题无关' },
  setInterest: { level: 'want' },
  setMeetingRules: {
    scheduling: 'organizer',
    slots: {
      from: '2027-01-16T13:00:00+08:00',
      to: '2027-01-16T17:00:00+08:00',
      minutes: 20,
      breakMinutes: 5,
    },
    tables: 25,
    opensAt: '2026-12-15T09:00:00+08:00',
    closesAt: '2027-01-15T18:00:00+08:00',
  },
  setMeetingAttendance: {
    delegateIds: [delegateId],
    unavailable: [{ from: '2027-01-16T13:00:00+08:00', to: '2027-01-16T14:00:00+08:00' }],
    maxMeetings: 6,
  },
  requestMeeting: { companyId: '019b2f5e-7c00-7000-8000-000000000018', message: '想了解方言语料' },
  acceptMeeting: { delegateId, consent: { textVersion: '2026-11' } },
  declineMeeting: { reason: '时间不合适' },
  withdrawMeeting: { reason: '行程有变' },
  cancelMeeting: { reason: '行程有变' },
  unscheduleMeeting: { reason: '等待新的时间' },
  setMeetingDelegate: { delegateId, consent: { textVersion: '2026-11' } },
  scheduleMeeting: { startsAt: '2027-01-16T13:00:00+08:00', tableNo: 3 },
  recordMeetingAttendance: { held: true },
  checkInMeeting: { badge: 'WB-EXAMPLE' },
  createWebhook: {
    url: 'https://hooks.example.com/waystop',
    types: ['registration.*', 'timetable.released'],
    label: '报名系统',
  },
  updateWebhook: { types: ['registration.*'], stopIds: [stopId] },
  rotateWebhookSecret: { overlapHours: 24 },
  testWebhook: { type: 'registration.confirmed' },
  replayWebhook: { from: '2026-12-01T00:00:00Z', to: '2026-12-02T00:00:00Z' },
  createBot: {
    kind: 'feishu',
    url: 'https://open.feishu.cn/open-apis/bot/v2/hook/019b2f5e-7c00-7000-8000-00000000bb01',
    secret: 'SEC-EXAMPLE',
    types: ['registration.*', 'timetable.released'],
    language: 'zh',
  },
  updateNotificationSettings: {
    replyTo: 'organizer@example.com',
    defaultLanguage: 'zh',
    calendarMode: 'invite',
    quietHours: { from: '21:00', to: '08:00' },
    reminders: ['P7D', 'P1D'],
  },
  putMailTemplate: { subject: '参会确认：{stopName}', text: '{recipientName}，您好：您的席位已确认。' },
  previewMailTemplate: { subject: '参会确认：{stopName}', text: '{recipientName}，您好：您的席位已确认。' },
  createAnnouncement: {
    audience: { registrations: ['confirmed'] },
    subject: { zh: '停车提示', en: 'Parking' },
    text: { zh: '会场没有停车位，请乘地铁。', en: 'There is no parking: please come by metro.' },
  },
  approveAnnouncement: { recipients: 128 },
  updateBot: { types: ['registration.*'], language: 'en' },
  signUpDelegates: { delegateIds: [delegateId] },
};
