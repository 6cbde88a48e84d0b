import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { listEvents, listMails, retryMail } from '#contracts';
import { soon } from '#service/testing/patience';
import { service as notifications } from '../../../apps/notifications/src/service.js';
import { holdMails } from '../../../apps/notifications/src/sending/mail-hold.command.js';
import { arriveAt, quietFor } from './arrivals.js';
import { calendarOf } from './mailed-calendar.js';
import { MailWorld, aPerson, type PlayedRegistration } from './mail-world.js';

let world: MailWorld;

beforeAll(async () => {
  world = await MailWorld.start();
}, 300_000);

afterAll(async () => {
  await world.stop();
});

const arrive = (email: string, subjects: unknown[]) => arriveAt(world, email, subjects);
const quiet = () => quietFor(world);

const emailsOf = (registration: PlayedRegistration) => registration.delegates.map(({ email }) => email);

describe('a registration', () => {
  it('that is confirmed is mailed to the company and to each delegate, once, with an invitation', async () => {
    const stopId = await world.stopIn(60);
    const registration = await world.register(stopId, [{}, { language: 'zh' }]);
    const [first = '', second = ''] = emailsOf(registration);
    await arrive(world.contactOf(registration.companyId), ['Registration confirmed: Chengdu']);
    await arrive(first, ['Your seat: Chengdu']);
    await arrive(second, ['参会确认：成都站']);
    await quiet();
    expect(world.sink.to(first)).toHaveLength(1);
    const { items } = await world.service.ask(listMails, { stopId }, world.organizer);
    expect(items.map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
    const [mail] = world.sink.to(first);
    if (mail === undefined) throw new Error('There is no mail.');
    expect(mail.mail.text).toContain('Example Ltd');
    expect(mail.mail.from?.text).toBe('"National Tour" <tour@waystop.test>');
    expect(mail.mail.headers.has('list-unsubscribe')).toBe(false);
    expect(calendarOf(mail)).toMatchObject({
      method: 'REQUEST',
      parameter: 'REQUEST',
      sequence: 0,
      status: 'CONFIRMED',
      startsAt: world.theStop(stopId).startsAt,
      attendees: [`mailto:${first}`],
    });
  });

  it('that flips between waiting and confirmed makes two mails at most', async () => {
    const stopId = await world.stopIn(60);
    const registration = await world.register(stopId, [{}], { status: 'waitlisted', waitlistPosition: 1 });
    const contact = world.contactOf(registration.companyId);
    await arrive(contact, ['On the waiting list: Chengdu']);
    for (let flip = 0; flip < 50; flip += 1)
      await world.change(registration, { status: flip % 2 === 0 ? 'confirmed' : 'waitlisted' });
    await quiet();
    expect(world.subjectsTo(contact).length).toBeLessThanOrEqual(3);
  });

  it('that is promoted gets its mails at once', async () => {
    const stopId = await world.stopIn(2);
    const registration = await world.register(stopId, [{}], { status: 'waitlisted', waitlistPosition: 3 });
    const contact = world.contactOf(registration.companyId);
    await arrive(contact, ['On the waiting list: Chengdu']);
    expect(world.sink.to(contact)[0]?.mail.text).toContain('place 3');
    await world.service.rows.query(`UPDATE mail_topics SET told_at = now() - interval '2 minutes'`);
    await world.change(registration, { status: 'confirmed', waitlistPosition: null });
    // No hurrying: neither settling nor the night holds it back.
    await soon(() => expect(world.subjectsTo(contact)[1]).toBe('You have seats now: Chengdu'));
    const [email = ''] = emailsOf(registration);
    await soon(() =>
      expect(world.subjectsTo(email)).toEqual(expect.arrayContaining(['Your seat is confirmed: Chengdu'])),
    );
  });

  it('that is declined or cancelled says why, and takes entries out of calendars', async () => {
    const stopId = await world.stopIn(60);
    const registration = await world.register(stopId, [{}]);
    const [email = ''] = emailsOf(registration);
    await arrive(email, ['Your seat: Chengdu']);
    await world.change(registration, { status: 'cancelled', reason: 'Nobody has time' });
    await arrive(email, ['Your seat: Chengdu', 'Your seat was cancelled: Chengdu']);
    const [request, cancel] = world.sink.to(email).map(calendarOf);
    expect(cancel).toMatchObject({
      method: 'CANCEL',
      parameter: 'CANCEL',
      status: 'CANCELLED',
      uid: request?.uid,
    });
    expect(cancel?.sequence).toBeGreaterThan(request?.sequence ?? 0);
    const contact = world.contactOf(registration.companyId);
    await arrive(contact, ['Registration confirmed: Chengdu', 'Registration cancelled: Chengdu']);
    expect(world.sink.to(contact)[1]?.mail.text).toContain('Nobody has time');
  });

  it('whose delegate is substituted tells both people, and the entries do not touch each other', async () => {
    const stopId = await world.stopIn(60);
    const registration = await world.register(stopId, [{}]);
    const [old] = registration.delegates;
    if (old === undefined) throw new Error('There is no delegate.');
    await arrive(old.email, ['Your seat: Chengdu']);
    const substitute = aPerson({ id: old.id });
    world.departed.push({
      registrationId: registration.registrationId,
      delegateId: old.id,
      name: old.name,
      email: old.email,
    });
    await world.change(registration, { delegates: [substitute] });
    await arrive(old.email, ['Your seat: Chengdu', 'Your seat was passed on: Chengdu']);
    await arrive(substitute.email, ['Your seat: Chengdu']);
    const [request, cancel] = world.sink.to(old.email).map(calendarOf);
    const [own] = world.sink.to(substitute.email).map(calendarOf);
    expect(cancel?.uid).toBe(request?.uid);
    expect(own?.uid).not.toBe(request?.uid);
  });

  it('that is over before its first mail makes no mail', async () => {
    const stopId = await world.stopIn(60);
    const registration = await world.register(stopId, [{}]);
    await world.change(registration, { status: 'cancelled' });
    await quiet();
    for (const email of [world.contactOf(registration.companyId), ...emailsOf(registration)])
      expect(world.subjectsTo(email)).toEqual([]);
  });

  it('of a stop that is near brings the badge, as a picture inside the mail and as text', async () => {
    const stopId = await world.stopIn(3);
    const registration = await world.register(stopId, [{}]);
    const [email = ''] = emailsOf(registration);
    await soon(async () => {
      await world.hurry();
      expect(world.subjectsTo(email).toSorted()).toEqual(['Your badge: Chengdu', 'Your seat: Chengdu']);
    });
    const badge = world.sink.to(email).find(({ mail }) => mail.subject === 'Your badge: Chengdu');
    expect(badge?.mail.text).toContain(registration.delegates[0]?.badge ?? '?');
    expect(badge?.source).toMatch(/Content-Type: image\/png/i);
    expect(badge?.source).not.toMatch(/Content-Type: text\/calendar/i);
  });
});

describe('a stop', () => {
  it('that is rescheduled is mailed to everybody with the old and the new time, and each entry moves once', async () => {
    const stopId = await world.stopIn(60);
    const confirmed = await world.register(stopId, [{}, {}]);
    const waiting = await world.register(stopId, [{}], { status: 'waitlisted', waitlistPosition: 1 });
    const [email = '', other = ''] = emailsOf(confirmed);
    await arrive(other, ['Your seat: Chengdu']);
    await arrive(email, ['Your seat: Chengdu']);
    await arrive(world.contactOf(waiting.companyId), ['On the waiting list: Chengdu']);
    await world.reschedule(stopId, 7, 'The hall is flooded');
    for (const one of [email, other])
      await arrive(one, ['Your seat: Chengdu', expect.stringMatching(/^New date: Chengdu on /)]);
    await arrive(world.contactOf(waiting.companyId), [
      'On the waiting list: Chengdu',
      expect.stringMatching(/^New date/),
    ]);
    await quiet();
    const [before, after, ...more] = world.sink.to(email).map(calendarOf);
    expect(more).toEqual([]);
    expect(after).toMatchObject({
      method: 'REQUEST',
      uid: before?.uid,
      startsAt: world.theStop(stopId).startsAt,
    });
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? 0);
    expect(world.sink.to(email)[1]?.mail.text).toContain('The hall is flooded');
    expect(world.subjectsTo(emailsOf(waiting)[0] ?? '')).toEqual([]);
  });

  it('that is cancelled makes one mail, also when its registrations are cancelled after it', async () => {
    const stopId = await world.stopIn(60);
    const registration = await world.register(stopId, [{}]);
    const [email = ''] = emailsOf(registration);
    await arrive(email, ['Your seat: Chengdu']);
    await world.changeStop(stopId, { status: 'cancelled', reason: 'Typhoon', cancelReason: 'Typhoon' });
    await world.change(registration, { status: 'cancelled', reason: 'Typhoon' });
    const contact = world.contactOf(registration.companyId);
    await arrive(email, ['Your seat: Chengdu', 'Cancelled: Chengdu']);
    await arrive(contact, ['Registration confirmed: Chengdu', 'Cancelled: Chengdu']);
    await quiet();
    expect(world.sink.to(email)).toHaveLength(2);
    expect(world.sink.to(contact)).toHaveLength(2);
    expect(world.sink.to(email).map(calendarOf)[1]).toMatchObject({ method: 'CANCEL', status: 'CANCELLED' });
  });

  it('whose place changes has entries sent anew, and a changed capacity has not', async () => {
    const stopId = await world.stopIn(60);
    const registration = await world.register(stopId, [{}]);
    const [email = ''] = emailsOf(registration);
    await arrive(email, ['Your seat: Chengdu']);
    await world.changeStop(stopId, { capacity: 999 });
    await quiet();
    expect(world.sink.to(email)).toHaveLength(1);
    const venue = { name: { zh: '大剧院', en: 'Grand Theatre' }, address: null, location: null };
    await world.changeStop(stopId, { venue });
    await arrive(email, ['Your seat: Chengdu', 'Changed: Chengdu']);
    expect(world.sink.to(email)[1]?.mail.text).toContain('Grand Theatre');
  });
});

describe('mails', () => {
  it('are not sent for what is old or replayed', async () => {
    const stopId = await world.stopIn(60);
    const old = world.addRegistration(stopId, [{}], { version: 5 });
    await world.publishRegistration(old, { replayed: true });
    await world.publishRegistration({ ...old, version: 6 }, { time: new Date(0).toISOString() });
    await soon(async () => {
      const known: unknown = await world.service.rows.query(
        `SELECT version FROM aggregates WHERE kind = 'registration' AND id = $1`,
        [old.registrationId],
      );
      expect(known).toEqual([{ version: 6 }]);
    });
    await quiet();
    for (const email of emailsOf(old)) expect(world.subjectsTo(email)).toEqual([]);
  });

  it('to a person who was erased meanwhile are dropped, and nothing of the person is stored', async () => {
    const stopId = await world.stopIn(60);
    const registration = await world.register(stopId, [
      { name: 'Erased Erasmus', email: 'erasmus@erased.example' },
      {},
    ]);
    await soon(async () => {
      await world.service.rows.query(
        `UPDATE mail_topics SET due_at = now() WHERE id = $1 AND due_at IS NOT NULL`,
        [registration.registrationId],
      );
      await world.service.rows.query(
        `UPDATE notices SET due_at = now() + interval '1 hour' WHERE registration_id = $1 AND state = 'planned'`,
        [registration.registrationId],
      );
      const [row] = (await world.service.rows.query(
        'SELECT count(*)::integer AS count FROM notices WHERE registration_id = $1',
        [registration.registrationId],
      )) as { count: number }[];
      expect(row?.count).toBeGreaterThanOrEqual(3);
    });
    registration.delegates.shift();
    const sentBefore = world.sink.to('erasmus@erased.example').length;
    await arrive(emailsOf(registration)[0] ?? '', ['Your seat: Chengdu']);
    expect(world.sink.to('erasmus@erased.example')).toHaveLength(sentBefore);
    const tables = (await world.service.rows.query(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public'`,
    )) as { name: string }[];
    for (const { name } of tables) {
      const [row] = (await world.service.rows.query(
        `SELECT count(*)::integer AS count FROM "${name}" AS t
          WHERE t::text ~* 'erasmus|example\\.com|BADGE0|Person [0-9]'`,
      )) as { count: number }[];
      expect([name, row?.count]).toEqual([name, 0]);
    }
  });

  it('that are refused for their frequency wait, and an address that does not exist is not tried again', async () => {
    const stopId = await world.stopIn(60);
    let refusals = 0;
    world.sink.onRecipient = (address) => {
      if (address.endsWith('@gone.example')) return { code: 550, text: '5.1.1 User unknown' };
      const isBusy = address.endsWith('@busy.example') && (refusals += 1) <= 1;
      return isBusy ? { code: 550, text: 'Domain frequency limited' } : null;
    };
    const registration = await world.register(stopId, [
      { email: 'a@gone.example' },
      { email: 'b@busy.example' },
      { email: 'c@fine.example' },
    ]);
    await arrive('c@fine.example', ['Your seat: Chengdu']);
    await soon(async () => {
      const { items } = await world.service.ask(listMails, { stopId, limit: 50 }, world.organizer);
      const stateOf = (index: number) =>
        items.find(({ recipient }) => recipient.delegateId === registration.delegates[index]?.id);
      expect(stateOf(0)).toMatchObject({ state: 'failed', reason: 'the server answered 550 5.1.1' });
      expect(stateOf(1)).toMatchObject({ state: 'deferred', reason: 'the server answered 550' });
      expect(JSON.stringify(items)).not.toContain('@');
      const states = { stopId, state: 'failed,deferred', limit: 50 };
      const some = await world.service.ask(listMails, states, world.organizer);
      expect(some.items.map(({ state }) => state).toSorted()).toEqual(['deferred', 'failed']);
    });
    const { items: failed } = await world.service.ask(
      listMails,
      { stopId, state: 'failed' },
      world.organizer,
    );
    expect(failed).toHaveLength(1);
    const events = await world.service.ask(
      listEvents,
      { types: 'mail.failed' as never, stopId, limit: 10 },
      world.organizer,
    );
    expect(events.items.map(({ data }) => data['delegateId'])).toEqual([registration.delegates[0]?.id]);
    world.sink.onRecipient = () => null;
    await world.service.ask(retryMail, { id: failed[0]?.id ?? '' }, world.organizer);
    await arrive('a@gone.example', ['Your seat: Chengdu']);
  });

  it('wait for a server that is away, and come in the order of their classes', async () => {
    const stopId = await world.stopIn(60);
    const moved = await world.register(stopId, [{}]);
    await arrive(emailsOf(moved)[0] ?? '', ['Your seat: Chengdu']);
    await world.sink.stop();
    const other = await world.stopIn(60);
    const late = await world.register(other, [{}]);
    await world.reschedule(stopId, 3, 'Reason');
    await quiet();
    await world.sink.resume();
    await arrive(emailsOf(moved)[0] ?? '', ['Your seat: Chengdu', expect.stringMatching(/^New date/)]);
    await arrive(emailsOf(late)[0] ?? '', ['Your seat: Chengdu']);
    const arrivedAt = (email: string) => world.sink.to(email).at(-1)?.at ?? 0;
    expect(arrivedAt(emailsOf(moved)[0] ?? '')).toBeLessThanOrEqual(arrivedAt(emailsOf(late)[0] ?? ''));
  });

  it('whose answer never came are sent once more at most, under the same Message-ID', async () => {
    const stopId = await world.stopIn(60);
    world.sink.onMail = (address) => (address === 'lost@example.com' ? 'hang up' : null);
    await world.register(stopId, [{ email: 'lost@example.com' }]);
    await arrive('lost@example.com', ['Your seat: Chengdu']);
    await soon(async () => {
      const [row] = (await world.service.rows.query(
        `SELECT state, uncertain FROM notices WHERE uncertain > 0`,
      )) as object[];
      expect(row).toEqual({ state: 'deferred', uncertain: 1 });
    });
    await world.service.rows.query(`UPDATE notices SET due_at = now() WHERE uncertain > 0`);
    await soon(() => expect(world.sink.to('lost@example.com')).toHaveLength(2));
    await soon(async () => {
      const [row] = (await world.service.rows.query(
        `SELECT state, uncertain FROM notices WHERE uncertain > 0`,
      )) as object[];
      expect(row).toEqual({ state: 'failed', uncertain: 2 });
    });
    const ids = world.sink.to('lost@example.com').map(({ mail }) => mail.messageId);
    expect(new Set(ids).size).toBe(1);
    world.sink.onMail = () => null;
  });

  it('are held by the operator, and released, but for reminders that come too late by then', async () => {
    const { rows } = world.service;
    const stopId = await world.stopIn(60);
    expect(await holdMails(rows, ['hold'])).toMatch(/^Mails are held; \d+ mails? (is|are) due/);
    const registration = await world.register(stopId, [{}]);
    const [email = ''] = emailsOf(registration);
    await soon(async () => {
      await world.hurry();
      const planned: unknown = await rows.query(
        `SELECT 1 FROM notices WHERE registration_id = $1 AND kind = 'seat-confirmed'`,
        [registration.registrationId],
      );
      expect(planned).toHaveLength(1);
    });
    await quiet();
    expect(world.subjectsTo(email)).toEqual([]);
    await rows.query(
      `INSERT INTO notices (id, kind, priority, recipient, occurrence, organization_id, stop_id, registration_id,
                            company_id, delegate_id, data, state, due_at, created_at)
       SELECT gen_random_uuid(), 'reminder', 2, recipient, 'late', organization_id, stop_id, registration_id,
              company_id, delegate_id, '{"days":1}', 'planned', now(), now() - interval '30 hours'
         FROM notices WHERE registration_id = $1 AND kind = 'seat-confirmed'`,
      [registration.registrationId],
    );
    expect(await holdMails(rows, ['status'])).toMatch(/^Mails are held; \d+ mails are due and wait\.\n$/);
    expect(await holdMails(rows, ['release'])).toMatch(/^Mails are sent;/);
    await arrive(email, ['Your seat: Chengdu']);
    await quiet();
    const [late] = (await rows.query(
      `SELECT state, reason FROM notices WHERE occurrence = 'late'`,
    )) as object[];
    expect(late).toEqual({ state: 'dropped', reason: 'too late' });
    expect(world.subjectsTo(email)).toHaveLength(1);
    await expect(holdMails(rows, ['stop'])).rejects.toThrow('Usage');
  });

  it('that waited when a backup was taken are not sent after its restoration', async () => {
    const { rows } = world.service;
    const stopId = await world.stopIn(60);
    await holdMails(rows, ['hold']);
    const registration = await world.register(stopId, [{}]);
    await soon(async () => {
      await world.hurry();
      const planned = (await rows.query(
        `SELECT 1 FROM notices WHERE registration_id = $1 AND state = 'planned'`,
        [registration.registrationId],
      )) as unknown[];
      expect(planned).toHaveLength(2);
    });
    for (const statement of notifications.database.afterRestore ?? []) await rows.query(statement);
    await holdMails(rows, ['release']);
    await quiet();
    for (const email of [world.contactOf(registration.companyId), ...emailsOf(registration)])
      expect(world.subjectsTo(email)).toEqual([]);
  });
});
