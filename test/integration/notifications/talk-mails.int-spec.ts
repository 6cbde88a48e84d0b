import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { updateNotificationSettings, type ReleaseChange } from '#contracts';
import { soon } from '#service/testing/patience';
import { arriveAt, quietFor } from './arrivals.js';
import { calendarOf, calendarTextOf } from './mailed-calendar.js';
import { MailWorld, type PlayedSession } from './mail-world.js';

let world: MailWorld;
const office = 'office@tour.example';

beforeAll(async () => {
  world = await MailWorld.start();
  await set({ replyTo: office });
}, 300_000);

afterAll(async () => {
  await world.stop();
});

const set = (body: object) =>
  world.service.ask(updateNotificationSettings, { body: body as never }, world.organizer);
const arrive = (email: string, subjects: unknown[]) => arriveAt(world, email, subjects);
const hall = (number: number) => ({ zh: `${number}号厅`, en: `Hall ${number}` });
let speakers = 0;

function aSpeaker() {
  speakers += 1;
  const speakerId = crypto.randomUUID();
  const name = `Speaker ${speakers}`;
  const email = `speaker${speakers}@example.com`;
  return { speakerId, name, email, organization: null, jobTitle: null, language: 'en' as const };
}

/** A talk of one speaker with a place in the timetable that is about to be released. */
async function scheduled(stopId: string, place: number, over: Partial<PlayedSession> = {}) {
  const startsAt = new Date(Date.parse(world.theStop(stopId).startsAt) + place * 60_000);
  const endsAt = new Date(startsAt.getTime() + 60_000);
  return world.propose(stopId, {
    status: 'scheduled',
    roomId: crypto.randomUUID(),
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    speakers: [aSpeaker()],
    ...over,
  });
}

function placeOf({ roomId, startsAt, endsAt }: PlayedSession, number = 1) {
  return { roomId: roomId ?? '', roomName: hall(number), startsAt: startsAt ?? '', endsAt: endsAt ?? '' };
}

function changeOf(
  session: PlayedSession,
  kind: ReleaseChange['kinds'][number],
  from: ReleaseChange['from'],
  to: ReleaseChange['to'],
): ReleaseChange {
  const ids = session.speakers.map(({ speakerId }) => speakerId);
  return {
    sessionId: session.sessionId,
    title: session.title,
    kinds: [kind],
    from,
    to,
    speakerIds: { before: from === null ? [] : ids, after: to === null ? [] : ids },
  };
}

const emailOf = ({ speakers: [speaker] }: PlayedSession) => speaker?.email ?? '';

describe('a proposal', () => {
  it('is acknowledged to its company, and decided to company and speakers, with the reason', async () => {
    const stopId = await world.stopIn(60);
    const taken = await world.propose(stopId, { speakers: [aSpeaker()], title: { en: 'Taken' } });
    const company = world.contactOf(taken.companyId ?? '');
    await arrive(company, ['Proposal received: Taken']);
    await world.changeSession(taken, { status: 'accepted' });
    await arrive(company, ['Proposal received: Taken', 'Accepted: Taken']);
    await arrive(emailOf(taken), ['Accepted: Taken']);
    const refused = await world.propose(stopId, { speakers: [aSpeaker()], title: { en: 'Refused' } });
    await arrive(world.contactOf(refused.companyId ?? ''), ['Proposal received: Refused']);
    await world.changeSession(refused, { status: 'rejected', reason: 'Too like another' });
    await arrive(emailOf(refused), ['Not accepted: Refused']);
    expect(world.sink.to(emailOf(refused))[0]?.mail.text).toContain('Too like another');
    // The organizer hears of proposals once an hour, all in one.
    await soon(async () => {
      await world.hurry();
      expect(world.sink.to(office).length).toBeGreaterThan(0);
    });
    expect(world.sink.to(office).some(({ mail }) => mail.text?.includes('Example Ltd'))).toBe(true);
  });
});

describe('a released timetable', () => {
  it('is mailed to those alone whose talks it changed: 3 of 40', async () => {
    const stopId = await world.stopIn(60);
    const talks = await Promise.all(Array.from({ length: 40 }, (_, place) => scheduled(stopId, place)));
    const [moved, removed, shifted] = talks;
    if (moved === undefined || removed === undefined || shifted === undefined) throw new Error('No talks.');
    const registration = await world.register(stopId, [{}, {}, {}]);
    const [ofMoved, ofRemoved, ofNone] = registration.delegates;
    for (const [session, delegate] of [
      [moved, ofMoved],
      [removed, ofRemoved],
    ] as const)
      world.signUps.push({
        sessionId: session.sessionId,
        registrationId: registration.registrationId,
        delegateId: delegate?.id ?? '',
      });
    await world.release(
      stopId,
      1,
      talks.map((talk) => changeOf(talk, 'added', null, placeOf(talk))),
    );
    for (const talk of talks) await arrive(emailOf(talk), ['Your talk has a time: An example']);
    for (const { email } of registration.delegates) await arrive(email, ['Your seat: Chengdu']);

    const before = [moved, removed, shifted].map((talk) => placeOf(talk));
    const later = (at: string | null) => new Date(Date.parse(at ?? '') + 3_600_000).toISOString();
    await world.changeSession(moved, { startsAt: later(moved.startsAt), endsAt: later(moved.endsAt) });
    await world.changeSession(shifted, { roomId: crypto.randomUUID() });
    await world.changeSession(removed, { status: 'accepted', roomId: null, startsAt: null, endsAt: null });
    await world.release(stopId, 2, [
      changeOf(moved, 'moved', before[0] ?? null, placeOf(moved)),
      changeOf(removed, 'removed', before[1] ?? null, null),
      changeOf(shifted, 'moved', before[2] ?? null, placeOf(shifted, 2)),
    ]);
    const first = 'Your talk has a time: An example';
    await arrive(emailOf(moved), [first, 'Your talk has moved: An example']);
    await arrive(emailOf(shifted), [first, 'Your talk has moved: An example']);
    await arrive(emailOf(removed), [first, 'Your talk was taken out: An example']);
    await arrive(ofMoved?.email ?? '', ['Your seat: Chengdu', 'Moved: An example']);
    await arrive(ofRemoved?.email ?? '', ['Your seat: Chengdu', 'Cancelled: An example']);
    await quietFor(world);
    const notified = talks.filter((talk) => world.sink.to(emailOf(talk)).length > 1);
    expect(notified).toEqual([moved, removed, shifted]);
    expect(world.sink.to(ofNone?.email ?? '')).toHaveLength(1);

    const [request, update] = world.sink.to(emailOf(moved)).map(calendarOf);
    expect(request).toMatchObject({ method: 'REQUEST', parameter: 'REQUEST', sequence: 0 });
    expect(update).toMatchObject({ method: 'REQUEST', uid: request?.uid, sequence: 1 });
    expect(update?.startsAt).toBe(moved.startsAt);
    const [entry, cancel] = world.sink.to(emailOf(removed)).map(calendarOf);
    expect(cancel).toMatchObject({ method: 'CANCEL', parameter: 'CANCEL', uid: entry?.uid, sequence: 1 });
  });

  it('whose talk is cancelled afterwards is mailed to its speaker and to those who signed up', async () => {
    const stopId = await world.stopIn(60);
    const talk = await scheduled(stopId, 1);
    await world.release(stopId, 1, [changeOf(talk, 'added', null, placeOf(talk))]);
    await arrive(emailOf(talk), ['Your talk has a time: An example']);
    const registration = await world.register(stopId, [{}]);
    const [delegate] = registration.delegates;
    await arrive(delegate?.email ?? '', ['Your seat: Chengdu']);
    world.signUps.push({
      sessionId: talk.sessionId,
      registrationId: registration.registrationId,
      delegateId: delegate?.id ?? '',
    });
    await world.changeSession(talk, { status: 'cancelled', reason: 'The speaker is ill' });
    await arrive(emailOf(talk), ['Your talk has a time: An example', 'Cancelled: An example']);
    await arrive(delegate?.email ?? '', ['Your seat: Chengdu', 'Cancelled: An example']);
    const [request, cancel] = world.sink.to(emailOf(talk)).map(calendarOf);
    expect(cancel).toMatchObject({ method: 'CANCEL', status: 'CANCELLED', uid: request?.uid });
  });
});

describe('a reminder', () => {
  const remind = async (stopId: string, dueAt: string) => {
    await soon(async () => {
      const [, count] = (await world.service.rows.query(
        `UPDATE mail_topics SET due_at = ${dueAt} WHERE id = $1 AND family = 'reminder-P7D'`,
        [stopId],
      )) as [unknown, number];
      expect(count).toBe(1);
    });
  };

  it('goes to who has a seat, with the badge, and to speakers with their talks; it can be refused', async () => {
    const stopId = await world.stopIn(60);
    const registration = await world.register(stopId, [{}]);
    const [delegate] = registration.delegates;
    const waiting = await world.register(stopId, [{}], { status: 'waitlisted', waitlistPosition: 1 });
    const talk = await scheduled(stopId, 1);
    await arrive(delegate?.email ?? '', ['Your seat: Chengdu']);
    await remind(stopId, 'now()');
    await arrive(delegate?.email ?? '', ['Your seat: Chengdu', 'In 7 days: Chengdu']);
    await arrive(emailOf(talk), ['Your talk in 7 days: Chengdu']);
    const mail = world.sink.to(delegate?.email ?? '')[1];
    expect(mail?.mail.text).toContain(delegate?.badge ?? '?');
    expect(mail?.source).toMatch(/^List-Unsubscribe: </m);
    expect(world.sink.to(emailOf(talk))[0]?.mail.text).toContain('An example');
    expect(world.subjectsTo(waiting.delegates[0]?.email ?? '')).toEqual([]);
  });

  const topicOf = async (stopId: string) => {
    const [row] = (await world.service.rows.query(
      `SELECT due_at AS "dueAt", told ->> 'decision' AS decision FROM mail_topics
        WHERE id = $1 AND family = 'reminder-P7D'`,
      [stopId],
    )) as { dueAt: Date | null; decision: string | null }[];
    return { dueAtMs: row?.dueAt?.getTime() ?? null, decision: row?.decision ?? null };
  };

  it('moves with its stop, and leaves out a seat that was confirmed after its time', async () => {
    const stopId = await world.stopIn(60);
    const registration = await world.register(stopId, [{}]);
    const email = registration.delegates[0]?.email ?? '';
    await arrive(email, ['Your seat: Chengdu']);
    await soon(async () => expect((await topicOf(stopId)).dueAtMs).not.toBeNull());
    const { dueAtMs } = await topicOf(stopId);
    await world.reschedule(stopId, 3, 'the hall is being repaired');
    await soon(async () => {
      // News of the stop wait a minute for more; reminders are not touched.
      await world.hurry();
      expect((await topicOf(stopId)).dueAtMs).toBe((dueAtMs ?? 0) + 3 * 86_400_000);
    });
    const subjects = ['Your seat: Chengdu', expect.stringMatching(/^New date: Chengdu/)];
    await arrive(email, subjects);
    await remind(stopId, `now() - interval '1 hour'`);
    await soon(async () => expect((await topicOf(stopId)).decision).toBe('send'));
    await quietFor(world);
    expect(world.subjectsTo(email)).toEqual(subjects);
  });

  it('that would come more than six hours late is not sent', async () => {
    const stopId = await world.stopIn(60);
    const registration = await world.register(stopId, [{}]);
    const email = registration.delegates[0]?.email ?? '';
    await arrive(email, ['Your seat: Chengdu']);
    await remind(stopId, `now() - interval '7 hours'`);
    await soon(async () => expect((await topicOf(stopId)).decision).toBe('missed'));
    await quietFor(world);
    expect(world.subjectsTo(email)).toEqual(['Your seat: Chengdu']);
  });
});

describe('a calendar', () => {
  it.each([
    ['attach', /event\.ics/],
    ['none', null],
  ] as const)('of an organizer who wants it so (%s) is no invitation', async (calendarMode, file) => {
    await set({ calendarMode });
    const stopId = await world.stopIn(60);
    const registration = await world.register(stopId, [{}]);
    const email = registration.delegates[0]?.email ?? '';
    await arrive(email, ['Your seat: Chengdu']);
    const [sunk] = world.sink.to(email);
    if (sunk === undefined) throw new Error('There is no mail.');
    expect(sunk.source).not.toMatch(/method=/i);
    const text = calendarTextOf(sunk);
    if (file === null) return expect([text, /text\/calendar/i.test(sunk.source)]).toEqual([undefined, false]);
    expect(sunk.source).toMatch(file);
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\n[^]*BEGIN:VEVENT[^]*STATUS:CONFIRMED/);
    expect(text).not.toMatch(/^METHOD:REQUEST/m);
    await world.change(registration, { status: 'cancelled' });
    await arrive(email, ['Your seat: Chengdu', 'Your seat was cancelled: Chengdu']);
    // A cancellation as a file would be one more entry in most calendars.
    expect(world.sink.to(email).map(calendarTextOf)[1]).toBeUndefined();
  });
});
