import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as newId } from 'uuid';
import { updateNotificationSettings, type ReleaseChange } from '#contracts';
import { soon } from '#service/testing/patience';
import { quietFor } from './arrivals.js';
import { calendarOf } from './mailed-calendar.js';
import { MailWorld, aPerson, type PlayedRegistration, type PlayedSession } from './mail-world.js';

// Everything that makes mails happens once, one after the other, and the mails are all that come.

const office = 'office@tour.example';
const families = ['registration', 'stop', 'session', 'release'];
const expected: string[] = [];
let world: MailWorld;
/** A stop with registrations, one that is near, and one with a programme. */
let [home, near, forum] = ['', '', ''];
/** The address of a company whose delegates change. */
let changedCompany = '';
/** The reminder of the forum that is due. */
let reminder: string | null = null;

beforeAll(async () => {
  world = await MailWorld.start();
  const body = { replyTo: office };
  await world.service.ask(updateNotificationSettings, { body }, world.organizer);
  home = await world.stopIn(60);
  near = await world.stopIn(3);
  forum = await world.stopIn(90);
}, 300_000);

afterAll(async () => {
  await world.stop();
});

const isDigest = (subject: string | undefined) => /to look at|项待处理/.test(subject ?? '');

/** Digests come by the clock, and are read at the end; dates in subjects are another test's. */
function arrived(): string[] {
  const others = world.sink.mails.filter(({ mail }) => !isDigest(mail.subject));
  return others.map(({ to, mail }) => `${to}: ${mail.subject?.replace(/ on .*| 改为 .*/, '')}`).toSorted();
}

/** Again and again: what could not be planned, since a machine is busy, waits for a while before it is tried anew. */
async function hurry(): Promise<void> {
  await world.hurry(families);
  await world.service.rows.query(
    'UPDATE mail_topics SET due_at = now() WHERE id = $1 AND family = $2 AND due_at IS NOT NULL',
    [forum, reminder],
  );
}

async function expectMails(...mails: (readonly [email: string, subject: string])[]): Promise<void> {
  expected.push(...mails.map(([email, subject]) => `${email}: ${subject}`));
  await soon(async () => {
    await hurry();
    expect(arrived()).toEqual(expected.toSorted());
  });
}

function register(
  stopId: string,
  ...given: Parameters<MailWorld['register']> extends [string, ...infer Rest] ? Rest : never
) {
  return world.register(stopId, ...given);
}

async function inChinese(stopId: string, people: Parameters<MailWorld['register']>[1]) {
  const companyId = newId();
  world.contactLanguages.set(companyId, 'zh');
  return register(stopId, people, { companyId });
}

const contactOf = ({ companyId }: { companyId: string | null }) => world.contactOf(companyId ?? '');
const emailOf = ({ delegates }: PlayedRegistration, place = 0) => delegates[place]?.email ?? '';
const speakerOf = ({ speakers: [speaker] }: PlayedSession) => speaker?.email ?? '';
const newestTo = (email: string) => {
  const sunk = world.sink.to(email).at(-1);
  if (sunk === undefined) throw new Error('There is no mail.');
  return sunk;
};
const calendarsTo = (email: string) =>
  world.sink
    .to(email)
    .filter(({ source }) => source.includes('text/calendar'))
    .map(calendarOf);

describe('a registration', () => {
  let first: PlayedRegistration;
  let pending: PlayedRegistration;
  let waiting: PlayedRegistration;

  it('is confirmed: to the company, and to each delegate in their language or the company’s', async () => {
    first = await inChinese(home, [{ language: 'zh' }, { language: null }, { language: 'en' }]);
    await expectMails(
      [contactOf(first), '报名成功：成都站'],
      [emailOf(first, 0), '参会确认：成都站'],
      [emailOf(first, 1), '参会确认：成都站'],
      [emailOf(first, 2), 'Your seat: Chengdu'],
    );
    expect(calendarsTo(emailOf(first))).toMatchObject([{ method: 'REQUEST', sequence: 0 }]);
  });

  it('waits for a decision: to the company, and hourly to the organizer', async () => {
    pending = await register(home, [{}], { status: 'pending' });
    await expectMails([contactOf(pending), 'Registration received, not yet decided: Chengdu']);
  });

  it('is approved: as one that was confirmed at once', async () => {
    await world.change(pending, { status: 'confirmed' });
    await expectMails(
      [contactOf(pending), 'Registration confirmed: Chengdu'],
      [emailOf(pending), 'Your seat: Chengdu'],
    );
  });

  it('is on the waiting list: to the company, with its place', async () => {
    waiting = await register(home, [{}], { status: 'waitlisted', waitlistPosition: 3 });
    await expectMails([contactOf(waiting), 'On the waiting list: Chengdu']);
    expect(newestTo(contactOf(waiting)).mail.text).toContain('place 3');
  });

  it('is promoted: to the company and its delegates', async () => {
    await world.change(waiting, { status: 'confirmed', waitlistPosition: null });
    await expectMails(
      [contactOf(waiting), 'You have seats now: Chengdu'],
      [emailOf(waiting), 'Your seat is confirmed: Chengdu'],
    );
    expect(calendarsTo(emailOf(waiting))).toMatchObject([{ method: 'REQUEST' }]);
  });

  it('is declined: to the company, with the reason', async () => {
    const declined = await register(home, [{}], { status: 'pending' });
    await expectMails([contactOf(declined), 'Registration received, not yet decided: Chengdu']);
    await world.change(declined, { status: 'declined', reason: 'Too like another' });
    await expectMails([contactOf(declined), 'Registration declined: Chengdu']);
    expect(newestTo(contactOf(declined)).mail.text).toContain('Too like another');
  });

  it('is confirmed and cancelled shortly before the stop: with the badge; the organizer hears of it', async () => {
    const late = await register(near, [{}]);
    await expectMails(
      [contactOf(late), 'Registration confirmed: Chengdu'],
      [emailOf(late), 'Your seat: Chengdu'],
      [emailOf(late), 'Your badge: Chengdu'],
    );
    await world.change(late, { status: 'cancelled', reason: 'Nobody has time' });
    await expectMails(
      [contactOf(late), 'Registration cancelled: Chengdu'],
      [emailOf(late), 'Your seat was cancelled: Chengdu'],
    );
    expect(calendarsTo(emailOf(late)).map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL']);
  });

  it('has other delegates: to who comes and to who goes, and hourly to the company', async () => {
    const { registrationId } = first;
    changedCompany = contactOf(first);
    const [removed, replaced, stays] = first.delegates;
    if (removed === undefined || replaced === undefined || stays === undefined) throw new Error('Nobody.');
    const [substitute, added] = [aPerson({ id: replaced.id }), aPerson({ language: 'zh' })];
    for (const { id, name, email } of [removed, replaced])
      world.departed.push({ registrationId, delegateId: id, name, email, language: 'zh' });
    await world.change(first, { delegates: [substitute, stays, added] });
    await expectMails(
      [removed.email, '您的席位已转给他人：成都站'],
      [replaced.email, '您的席位已转给他人：成都站'],
      [substitute.email, 'Your seat: Chengdu'],
      [added.email, '参会确认：成都站'],
    );
    expect(calendarsTo(removed.email).map(({ method }) => method)).toEqual(['REQUEST', 'CANCEL']);
  });
});

describe('a programme', () => {
  const room = { zh: '1号厅', en: 'Hall 1' };
  const [title, zhTitle] = ['An example', '示例议题'];
  let registration: PlayedRegistration;
  let waiting: PlayedRegistration;
  let talk: PlayedSession;
  let other: PlayedSession;

  const aSpeaker = (language: 'zh' | 'en') => {
    const speakerId = newId();
    const email = `speaker-${speakerId.slice(-6)}@example.com`;
    return { speakerId, name: `Speaker ${language}`, email, organization: null, jobTitle: null, language };
  };

  const placeAt = (hour: number) => {
    const startsAt = Date.parse(world.theStop(forum).startsAt) + hour * 3_600_000;
    return {
      startsAt: new Date(startsAt).toISOString(),
      endsAt: new Date(startsAt + 1_800_000).toISOString(),
    };
  };

  function changeOf(
    session: PlayedSession,
    from: object | null,
    kind: ReleaseChange['kinds'][number],
  ): ReleaseChange {
    const ids = session.speakers.map(({ speakerId }) => speakerId);
    const at = (times: object) =>
      ({ roomId: session.roomId, roomName: room, ...times }) as ReleaseChange['to'];
    const { sessionId, startsAt, endsAt } = session;
    return {
      sessionId,
      title: session.title,
      kinds: [kind],
      from: from === null ? null : at(from),
      to: at({ startsAt, endsAt }),
      speakerIds: { before: from === null ? [] : ids, after: ids },
    };
  }

  it('begins with registrations, one of which waits', async () => {
    registration = await register(forum, [{}, {}]);
    await expectMails(
      [contactOf(registration), 'Registration confirmed: Chengdu'],
      [emailOf(registration, 0), 'Your seat: Chengdu'],
      [emailOf(registration, 1), 'Your seat: Chengdu'],
    );
    waiting = await register(forum, [{}], { status: 'waitlisted', waitlistPosition: 1 });
    await expectMails([contactOf(waiting), 'On the waiting list: Chengdu']);
  });

  it('gets proposals: to their companies, and hourly to the organizer', async () => {
    talk = await world.propose(forum, { speakers: [aSpeaker('zh')] });
    other = await world.propose(forum, { speakers: [aSpeaker('en')], title: { en: 'Another' } });
    await expectMails(
      [contactOf(talk), `Proposal received: ${title}`],
      [contactOf(other), 'Proposal received: Another'],
    );
  });

  it('takes some and not others: to company and speaker, with the reason', async () => {
    const refused = await world.propose(forum, { speakers: [aSpeaker('en')], title: { en: 'Refused' } });
    await expectMails([contactOf(refused), 'Proposal received: Refused']);
    await world.changeSession(refused, { status: 'rejected', reason: 'No room is left' });
    await expectMails(
      [contactOf(refused), 'Not accepted: Refused'],
      [speakerOf(refused), 'Not accepted: Refused'],
    );
    expect(newestTo(speakerOf(refused)).mail.text).toContain('No room is left');
    for (const one of [talk, other]) await world.changeSession(one, { status: 'accepted' });
    await expectMails(
      [contactOf(talk), `Accepted: ${title}`],
      [speakerOf(talk), `议题入选：${zhTitle}`],
      [contactOf(other), 'Accepted: Another'],
      [speakerOf(other), 'Accepted: Another'],
    );
  });

  it('is drafted: to nobody; then released: to speakers alone', async () => {
    await world.changeSession(talk, { status: 'scheduled', roomId: newId(), ...placeAt(1) });
    await world.changeSession(talk, placeAt(2));
    await world.changeSession(other, { status: 'scheduled', roomId: newId(), ...placeAt(3) });
    await quietFor(world);
    await expectMails();
    await world.release(forum, 1, [changeOf(talk, null, 'added'), changeOf(other, null, 'added')]);
    await expectMails(
      [speakerOf(talk), `您的演讲已排期：${zhTitle}`],
      [speakerOf(other), 'Your talk has a time: Another'],
    );
  });

  it('changes: to the speaker of the talk, and to who signed up for it', async () => {
    const [delegate] = registration.delegates;
    const { registrationId } = registration;
    world.signUps.push({ sessionId: talk.sessionId, registrationId, delegateId: delegate?.id ?? '' });
    const before = placeAt(2);
    await world.changeSession(talk, placeAt(4));
    await world.release(forum, 2, [changeOf(talk, before, 'moved')]);
    await expectMails(
      [speakerOf(talk), `您的演讲有调整：${zhTitle}`],
      [emailOf(registration), `Moved: ${title}`],
    );
  });

  it('moves with its stop: seats by the stop’s mail, talks by the release’s, both with the reason', async () => {
    const before = placeAt(4);
    await world.reschedule(forum, 7, 'The hall is flooded');
    await expectMails(
      [contactOf(registration), 'New date: Chengdu'],
      [emailOf(registration, 0), 'New date: Chengdu'],
      [emailOf(registration, 1), 'New date: Chengdu'],
      [contactOf(waiting), 'New date: Chengdu'],
    );
    expect(newestTo(emailOf(registration)).mail.text).toContain('The hall is flooded');
    await world.changeSession(talk, placeAt(4));
    await world.release(forum, 3, [changeOf(talk, before, 'moved')], 'The hall is flooded');
    await expectMails(
      [speakerOf(talk), `您的演讲有调整：${zhTitle}`],
      [emailOf(registration), `Moved: ${title}`],
    );
    for (const email of [speakerOf(talk), emailOf(registration)])
      expect(newestTo(email).mail.text).toContain('The hall is flooded');
  });

  it('has another venue: to delegates and speakers, with calendars that show it', async () => {
    const venue = { name: { zh: '大剧院', en: 'Grand Theatre' }, address: null, location: null };
    await world.changeStop(forum, { venue });
    await expectMails(
      [emailOf(registration, 0), 'Changed: Chengdu'],
      [emailOf(registration, 1), 'Changed: Chengdu'],
      [speakerOf(talk), `您的演讲有调整：${zhTitle}`],
      [speakerOf(other), 'Your talk has moved: Another'],
    );
    for (const [email, place] of [
      [emailOf(registration), 'Grand Theatre'],
      [speakerOf(talk), '大剧院'],
    ] as const)
      expect(newestTo(email).mail.text).toContain(place);
    const sequences = calendarsTo(speakerOf(talk)).map(({ sequence }) => sequence);
    expect(sequences).toEqual([0, 1, 2, 3]);
    expect(new Set(calendarsTo(speakerOf(talk)).map(({ uid }) => uid)).size).toBe(1);
  });

  it.each([7, 1])(
    'is near, %s days before: to delegates with their badges, and to speakers',
    async (days) => {
      reminder = `reminder-P${days}D`;
      await expectMails(
        [emailOf(registration, 0), `In ${days} days: Chengdu`],
        [emailOf(registration, 1), `In ${days} days: Chengdu`],
        [speakerOf(talk), `演讲提醒，还有 ${days} 天：成都站`],
        [speakerOf(other), `Your talk in ${days} days: Chengdu`],
      );
      reminder = null;
      expect(newestTo(emailOf(registration)).mail.text).toContain(registration.delegates[0]?.badge ?? '?');
    },
  );

  it('loses a talk: to its speaker and to who signed up', async () => {
    await world.changeSession(talk, { status: 'cancelled', reason: 'The speaker is ill' });
    await expectMails(
      [speakerOf(talk), `分享已取消：${zhTitle}`],
      [emailOf(registration), `Cancelled: ${title}`],
    );
    expect(calendarsTo(speakerOf(talk)).at(-1)).toMatchObject({ method: 'CANCEL', sequence: 4 });
  });

  it('is cancelled with its stop: to everybody, once', async () => {
    await world.changeStop(forum, { status: 'cancelled', reason: 'Typhoon', cancelReason: 'Typhoon' });
    for (const one of [registration, waiting])
      await world.change(one, { status: 'cancelled', reason: 'Typhoon' });
    await world.changeSession(other, { status: 'cancelled', reason: 'Typhoon' });
    await expectMails(
      [contactOf(registration), 'Cancelled: Chengdu'],
      [emailOf(registration, 0), 'Cancelled: Chengdu'],
      [emailOf(registration, 1), 'Cancelled: Chengdu'],
      [contactOf(waiting), 'Cancelled: Chengdu'],
      [speakerOf(other), 'Cancelled: Another'],
    );
    for (const email of [emailOf(registration), contactOf(waiting), speakerOf(other)])
      expect(newestTo(email).mail.text).toContain('Typhoon');
  });
});

describe('what comes by the hour', () => {
  it('says each thing once to the organizer, and to a company that its delegate has no mailbox', async () => {
    world.sink.onRecipient = (to) =>
      to === 'nobody@gone.example' ? { code: 550, text: '5.1.1 Unknown' } : null;
    const unreachable = await register(home, [{ email: 'nobody@gone.example' }]);
    const delegateId = unreachable.delegates[0]?.id ?? '?';
    await expectMails([contactOf(unreachable), 'Registration confirmed: Chengdu']);
    const labelsTo = (email: string, labels: RegExp) =>
      world.sink
        .to(email)
        .filter(({ mail }) => isDigest(mail.subject))
        .flatMap(({ mail }) => (mail.text ?? '').split('\n'))
        .flatMap((line) => labels.exec(line)?.[0] ?? [])
        .toSorted();
    await soon(async () => {
      await world.hurry(['digest']);
      expect(labelsTo(office, /^(Cancelled shortly|Delegates whom|New prop|Registrations that)/)).toEqual([
        'Cancelled shortly',
        'Delegates whom',
        'New prop',
        'New prop',
        'New prop',
        'Registrations that',
        'Registrations that',
      ]);
      expect(labelsTo(contactOf(unreachable), /^Delegates whom/)).toHaveLength(1);
      expect(labelsTo(changedCompany, /^代表有变动的报名/)).toHaveLength(1);
    });
    for (const email of [office, contactOf(unreachable)])
      expect(world.sink.to(email).some(({ mail }) => mail.text?.includes(delegateId))).toBe(true);
  });
});

describe('all of it', () => {
  it('made no other mail', async () => {
    await quietFor(world);
    await expectMails();
  });

  it('makes none in a service that begins anew, and what happens then makes its own', async () => {
    const before = world.sink.mails.length;
    await world.beginAnew();
    const news = await register(home, [{}]);
    await expectMails(
      [contactOf(news), 'Registration confirmed: Chengdu'],
      [emailOf(news), 'Your seat: Chengdu'],
    );
    await quietFor(world);
    expect(world.sink.mails).toHaveLength(before + 2);
    const [counts] = (await world.service.rows.query(
      `SELECT (SELECT count(*) FROM messages)::integer AS messages, (SELECT count(*) FROM aggregates)::integer AS known`,
    )) as { messages: number; known: number }[];
    expect(counts?.messages).toBe(1);
    expect(counts?.known).toBeGreaterThan(world.registrations.size);
  });
});
