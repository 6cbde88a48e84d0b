import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createWebhook,
  followUpChanged,
  getWebhook,
  listEvents,
  outcomeAnnounced,
  type PublicEventType,
} from '#contracts';
import { soon } from '#service/testing/patience';
import { parseAllowList } from '../../../apps/notifications/src/egress/allowed-address.js';
import { arriveAt, quietFor } from './arrivals.js';
import { calendarOf, calendarTextOf } from './mailed-calendar.js';
import { MailWorld, aPerson, type PlayedMeeting, type PlayedRegistration } from './mail-world.js';
import { publishState } from './published-events.js';
import { Receiver } from './receiver.js';

let world: MailWorld;

beforeAll(async () => {
  world = await MailWorld.start({ EGRESS_ALLOW: parseAllowList('127.0.0.0/8') });
}, 300_000);

afterAll(async () => {
  await world.stop();
});

const arrive = (email: string, subjects: unknown[]) => arriveAt(world, email, subjects);
const quiet = () => quietFor(world);
const emailOf = ({ delegates: [first] }: PlayedRegistration) => first?.email ?? '';
const like = (text: string): unknown => expect.stringMatching(text);
const seat = 'Your seat: Chengdu';

/** Two companies that come to a stop: an English and a Chinese delegate. */
async function pair(): Promise<{ stopId: string; parties: [PlayedRegistration, PlayedRegistration] }> {
  const stopId = await world.stopIn(60);
  const parties = [
    await world.register(stopId, [{}]),
    await world.register(stopId, [{ language: 'zh' }]),
  ] as [PlayedRegistration, PlayedRegistration];
  await arrive(emailOf(parties[0]), [seat]);
  await arrive(emailOf(parties[1]), ['参会确认：成都站']);
  return { stopId, parties };
}

/** A slot of the stop and a table. */
function placeAt(stopId: string, slot: number, tableNo: number) {
  const startsAt = Date.parse(world.theStop(stopId).startsAt) + slot * 1_200_000;
  return {
    startsAt: new Date(startsAt).toISOString(),
    endsAt: new Date(startsAt + 1_200_000).toISOString(),
    tableNo,
  };
}
const nowhere = { startsAt: null, endsAt: null, tableNo: null };

const schedule = (meeting: PlayedMeeting, slot: number, tableNo: number) =>
  world.changeMeeting(meeting, { status: 'scheduled', ...placeAt(meeting.stopId, slot, tableNo) });

describe('a meeting', () => {
  it('is told to who comes for either side, each in their language, when it gets, changes and loses its place', async () => {
    const { stopId, parties } = await pair();
    const [asker, asked] = parties.map(emailOf) as [string, string];
    const meeting = await world.ask(stopId, parties, { status: 'accepted' });
    await schedule(meeting, 1, 3);
    await arrive(asker, [seat, like('^Meeting with Example Ltd: .*, 09:20–09:40 \\(')]);
    await arrive(asked, ['参会确认：成都站', like('^洽谈已安排：示例科技，.* 09:20–09:40 \\(')]);
    await schedule(meeting, 2, 4);
    await arrive(asker, [seat, like('^Meeting with'), like('^Meeting moved: .*, 09:40–10:00 \\(')]);
    await arrive(asked, ['参会确认：成都站', like('^洽谈已安排'), like('^洽谈有调整：.* 09:40–10:00 \\(')]);
    await world.changeMeeting(meeting, {
      status: 'accepted',
      ...nowhere,
      reason: 'A session took the time of one side.',
    });
    await arrive(asker, [seat, like('^Meeting with'), like('^Meeting moved'), like('^Meeting called off')]);
    await arrive(asked, [like('.'), like('.'), like('.'), like('^洽谈不再按原安排进行')]);

    for (const [email, name] of [
      [asker, parties[0]],
      [asked, parties[1]],
    ] as const) {
      const mails = world.sink.to(email).slice(1);
      const [request, update, cancel] = mails.map(calendarOf);
      expect(mails).toHaveLength(3);
      expect(request).toMatchObject({ method: 'REQUEST', parameter: 'REQUEST', sequence: 0 });
      expect(request?.startsAt).toBe(placeAt(stopId, 1, 3).startsAt);
      expect(update).toMatchObject({ method: 'REQUEST', uid: request?.uid, sequence: 1 });
      expect(update?.startsAt).toBe(meetingStart(stopId, 2));
      expect(cancel).toMatchObject({ method: 'CANCEL', parameter: 'CANCEL', uid: request?.uid, sequence: 2 });
      // The other side is a company here, and nobody of it.
      for (const mail of mails) {
        expect(calendarOf(mail).attendees).toEqual([`mailto:${email}`]);
        const other = name === parties[0] ? parties[1] : parties[0];
        for (const { name: person, email: address } of other.delegates) {
          expect(mail.source).not.toContain(address);
          expect(mail.mail.text).not.toContain(person);
        }
      }
    }
    const last = world.sink.to(asker).at(-1)?.mail.text ?? '';
    expect(last).toContain('A session took the time of one side.');
    expect(calendarTextOf(world.sink.to(asked).at(-2) as never)).toMatch(/^SUMMARY:洽谈：示例科技/m);
    expect(calendarTextOf(world.sink.to(asker).at(-2) as never)?.replaceAll('\r\n ', '')).toMatch(
      /^LOCATION:Convention Centre\\, Chengdu\\, table 4/m,
    );
  }, 120_000);

  it('that moves before it was told of is told once, as it is; one that ends before, never', async () => {
    const { stopId, parties } = await pair();
    const email = emailOf(parties[0]);
    const meeting = await world.ask(stopId, parties, { status: 'accepted' });
    const ended = await world.ask(stopId, parties, { status: 'accepted' });
    for (const [slot, table] of [
      [1, 1],
      [2, 2],
      [3, 3],
    ] as const)
      await schedule(meeting, slot, table);
    await schedule(ended, 5, 5);
    await world.changeMeeting(ended, { status: 'cancelled', ...nowhere });
    await arrive(email, [seat, like('10:00–10:20 \\(')]);
    await quietFor(world);
    expect(world.subjectsTo(email)).toHaveLength(2);
  });

  it('passes from one delegate to another, also to a substitute who keeps the seat', async () => {
    const { stopId, parties } = await pair();
    const colleague = aPerson();
    const [own] = parties;
    const [first] = own.delegates;
    if (first === undefined) throw new Error('There is no delegate.');
    await world.change(own, { delegates: [first, colleague] });
    await arrive(colleague.email, [seat]);
    const meeting = await world.ask(stopId, parties, { status: 'accepted' });
    await schedule(meeting, 1, 1);
    await arrive(first.email, [seat, like('^Meeting with')]);
    await world.changeMeeting(meeting, { asker: { ...meeting.asker, delegateId: colleague.id } });
    await arrive(first.email, [seat, like('^Meeting with'), like('^Meeting called off')]);
    await arrive(colleague.email, [seat, like('^Meeting with')]);
    // No event of the meeting tells that somebody else sits in the colleague's seat.
    const substitute = aPerson({ id: colleague.id });
    const { registrationId } = own;
    const { name, email } = colleague;
    world.departed.push({ registrationId, delegateId: colleague.id, name, email });
    await world.change(own, { delegates: [first, substitute] });
    await arrive(email, [seat, like('^Meeting with'), ...['.', '.'].map(like)]);
    expect(world.subjectsTo(email).slice(2).toSorted()).toEqual([
      'Meeting called off: Example Ltd',
      'Your seat was passed on: Chengdu',
    ]);
    await arrive(substitute.email, [seat, like('^Meeting with')]);
  });

  it('is told to companies once an hour while it waits for them, to nobody where it is concealed', async () => {
    const { stopId, parties } = await pair();
    const [asker, asked] = parties.map(({ companyId }) => world.contactOf(companyId)) as [string, string];
    const [own, other] = parties;
    const confirmed = 'Registration confirmed: Chengdu';
    const others = await world.register(stopId, [{}]);
    const concealed = await world.ask(stopId, [own, others], { concealed: true });
    const meeting = await world.ask(stopId, parties);
    await arrive(asked, [confirmed, 'Waystop: 1 to look at']);
    expect(world.sink.to(asked)[1]?.mail.text).toContain('Requests for a meeting that wait for your answer');
    await world.changeMeeting(meeting, { status: 'accepted' });
    await arrive(asker, [confirmed, 'Waystop: 1 to look at']);
    expect(world.sink.to(asker)[1]?.mail.text).toContain('Meetings that were accepted');
    // A request that is taken back before the hour is over leaves no mail.
    const back = await world.ask(stopId, [other, others]);
    await world.changeMeeting(back, { status: 'withdrawn' });
    await quietFor(world);
    expect(world.subjectsTo(world.contactOf(others.companyId))).toEqual([confirmed]);
    expect(concealed.status).toBe('requested');
  });
});

describe('what happens to meetings', () => {
  it('comes to the organizer’s webhook and log, and to either company what concerns it', async () => {
    const receiver = await Receiver.start();
    try {
      const { stopId, parties } = await pair();
      const { id } = await world.service.ask(
        createWebhook,
        { body: { url: receiver.url, types: ['meeting.*'] } },
        world.organizer,
      );
      await soon(async () =>
        expect((await world.service.ask(getWebhook, { id }, world.organizer)).state).toBe('active'),
      );
      const meeting = await world.ask(stopId, parties);
      await world.changeMeeting(meeting, { status: 'accepted' });
      await schedule(meeting, 1, 3);
      await schedule(meeting, 1, 4);
      await world.changeMeeting(meeting, { status: 'accepted', ...nowhere });
      await world.changeMeeting(meeting, { status: 'unplaced' });
      const types: PublicEventType[] = [
        'meeting.requested',
        'meeting.accepted',
        'meeting.scheduled',
        'meeting.moved',
        'meeting.unscheduled',
        'meeting.unplaced',
      ];
      await soon(() => expect(receiver.typesOf(`meeting/${meeting.meetingId}`)).toEqual(types));
      for (const { companyId } of parties) {
        const caller = { role: 'company', keyId: crypto.randomUUID(), companyId } as const;
        const page = await world.service.ask(listEvents, { types: 'meeting.*', stopId }, caller);
        expect(page.items.map(({ type }) => type)).toEqual(types);
        expect(JSON.stringify(page.items)).not.toMatch(/delegate|example\.com/);
      }
    } finally {
      await receiver.stop();
    }
  });
});

describe('what a stop led to', () => {
  /** Two companies: the contact of the first reads Chinese, that of the second English. */
  function twoCompanies(): [string, string] {
    const [chinese, english] = [crypto.randomUUID(), crypto.randomUUID()];
    world.contactLanguages.set(chinese, 'zh');
    return [chinese, english];
  }
  const contact = (companyId: string) => world.contactOf(companyId);
  const textTo = (companyId: string) => world.sink.to(contact(companyId)).at(-1)?.mail.text ?? '';

  it('is told to each company that is named in it, in its language, with the page that shows it', async () => {
    const stopId = await world.stopIn(30);
    const companyIds = twoCompanies();
    for (const kind of ['membership', 'case'] as const) {
      const id = crypto.randomUUID();
      const of = { id, tourId: world.tourId, stopId, organizationId: world.organizationId };
      const announced = { kind, companyIds, count: 2, announcedAt: new Date().toISOString(), version: 2 };
      await publishState(world.service.broker, outcomeAnnounced, id, { ...of, ...announced });
    }
    const [chinese, english] = companyIds;
    await arrive(contact(chinese), ['成果发布：成都站', '成果发布：成都站']);
    await arrive(contact(english), Array(2).fill('Announced: what Chengdu led to'));
    expect(textTo(chinese)).toContain(`https://tour.waystop.test/stops/${stopId}/results`);
    expect(textTo(english)).toContain(`https://tour.waystop.test/en/stops/${stopId}/results`);
  });

  it('is asked of the other side when a step waits, once more after a week, and no more once it is confirmed', async () => {
    const stopId = await world.stopIn(30);
    const [chinese, english] = twoCompanies();
    const followUpId = crypto.randomUUID();
    const at = new Date().toISOString();
    const publish = async (version: number, confirmedBy: string | null) => {
      const confirmedAt = confirmedBy === null ? null : at;
      const steps = [{ n: 1, stage: 'trial' as const, by: english, at, confirmedBy, confirmedAt }];
      const of = { followUpId, stopId, tourId: world.tourId, organizationId: world.organizationId };
      const state = { ...of, meetingId: null, companies: [chinese, english], stage: 'open' as const };
      await publishState(world.service.broker, followUpChanged, followUpId, { ...state, steps, version });
    };
    const asked = '一项合作进展等待确认：成都站';
    await publish(1, null);
    await arrive(contact(chinese), [asked]);
    expect(textTo(chinese)).toContain('https://tour.waystop.test/company/follow-ups');
    expect(world.subjectsTo(contact(english))).toEqual([]);
    // Before the week is over it may be looked at again and again.
    await quiet();
    expect(world.subjectsTo(contact(chinese))).toEqual([asked]);
    await world.service.rows.query(
      `UPDATE mail_topics SET told = jsonb_set(told, '{at}', '"2026-01-01T00:00:00.000Z"') WHERE id = $1`,
      [followUpId],
    );
    await arrive(contact(chinese), [asked, asked]);
    await publish(2, chinese);
    await quiet();
    expect(world.subjectsTo(contact(chinese))).toEqual([asked, asked]);
  });
});

function meetingStart(stopId: string, slot: number): string {
  return placeAt(stopId, slot, 1).startsAt;
}
