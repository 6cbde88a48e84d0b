import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as newId } from 'uuid';
import {
  approveAnnouncement,
  createAnnouncement,
  deleteMailTemplate,
  getAnnouncement,
  getNotificationSettings,
  listMailTemplates,
  previewAnnouncement,
  previewMailTemplate,
  putMailTemplate,
  showUnsubscribe,
  stopAnnouncement,
  unsubscribe,
  updateNotificationSettings,
  type Caller,
} from '#contracts';
import { soon } from '#service/testing/patience';
import { MailWorld, type PlayedPerson } from './mail-world.js';

let world: MailWorld;
const stranger: Caller = { role: 'organizer', keyId: newId(), organizationId: newId() };
const nobody: Caller = { role: 'public', keyId: null };

beforeAll(async () => {
  world = await MailWorld.start();
}, 300_000);

afterAll(async () => {
  await world.stop();
});

/** A stop with people whose own mails about it are not sent. */
async function stopWith(people: Partial<PlayedPerson>[]): Promise<string> {
  const stopId = await world.stopIn(60);
  const registration = await world.register(stopId, people);
  await soon(async () => {
    const rows = (await world.service.rows.query('SELECT 1 FROM mail_topics WHERE id = $1', [
      registration.registrationId,
    ])) as unknown[];
    expect(rows).toHaveLength(1);
  });
  await world.service.rows.query('UPDATE mail_topics SET due_at = NULL');
  return stopId;
}

const draft = (stopId: string, text = 'Dear {recipientName}, there is no parking at {stopName}.') =>
  world.service.ask(
    createAnnouncement,
    {
      stopId,
      body: {
        audience: { registrations: ['confirmed'] },
        subject: { en: 'Parking', zh: '停车' },
        text: { en: text, zh: '没有停车位。' },
      },
    },
    world.organizer,
  );
const approve = (id: string, recipients: number) =>
  world.service.ask(approveAnnouncement, { id, body: { recipients } }, world.organizer);
const hurry = () => world.service.rows.query(`UPDATE notices SET due_at = now() WHERE state = 'planned'`);

describe('an announcement', () => {
  it('goes to each address once, after as many were approved, and can be unsubscribed from', async () => {
    const same = 'same@example.com';
    const stopId = await stopWith([{ email: same }, { email: 'other@example.com' }, { email: same }]);
    const { id, status } = await draft(stopId);
    expect(status).toBe('draft');
    const preview = await world.service.ask(previewAnnouncement, { id }, world.organizer);
    expect(preview.recipients).toBe(3);
    expect(preview.samples).toHaveLength(3);
    expect(preview.samples[0]?.subject).toBe('Parking');
    const refusal = await world.service.refusal(
      approveAnnouncement,
      { id, body: { recipients: 4 } },
      world.organizer,
    );
    expect(refusal.code).toBe('announcement.audience_changed');
    expect((await approve(id, 3)).status).toBe('approved');
    const again = { id, body: { recipients: 3 } };
    expect((await world.service.refusal(approveAnnouncement, again, world.organizer)).code).toBe(
      'announcement.invalid_transition',
    );
    const [{ due } = { due: 0 }] = (await world.service.rows.query(
      `SELECT extract(epoch FROM min(due_at) - now())::float8 AS due FROM notices WHERE announcement_id = $1`,
      [id],
    )) as { due: number }[];
    expect(due).toBeGreaterThan(20);
    expect(world.sink.mails).toHaveLength(0);
    await hurry();
    await soon(() => expect(world.sink.mails).toHaveLength(3));
    const [mail] = world.sink.to(same);
    expect(mail?.mail.text).toContain('there is no parking at Chengdu');
    const url = /^List-Unsubscribe: <([^>]+)>\r\n/m.exec(mail?.source ?? '')?.[1] ?? '';
    expect(url).toMatch(/^https:\/\/tour\.waystop\.test\/v1\/unsubscribe\/[\w-]+$/);
    expect(mail?.source).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n/m);
    expect(mail?.mail.text).toContain(url);

    const token = url.split('/').at(-1) ?? '';
    expect((await world.service.ask(showUnsubscribe, { token }, nobody)).html).toContain(
      '<form method="post">',
    );
    const next = await draft(stopId);
    const count = async () =>
      (await world.service.ask(previewAnnouncement, { id: next.id }, world.organizer)).recipients;
    expect(await count()).toBe(3);
    await world.service.ask(unsubscribe, { token }, nobody);
    await world.service.ask(unsubscribe, { token }, nobody);
    expect(await count()).toBe(2);
    const forged = `${token.slice(0, -2)}${token.endsWith('A') ? 'BA' : 'AA'}`;
    for (const wrong of [forged, 'x'])
      expect((await world.service.refusal(unsubscribe, { token: wrong }, nobody)).code).toBe(
        'resource.not_found',
      );
  });

  it('can be stopped before and while it is sent', async () => {
    const stopId = await stopWith(Array.from({ length: 300 }, () => ({})));
    const early = await draft(stopId);
    await approve(early.id, 301);
    expect((await world.service.ask(stopAnnouncement, { id: early.id }, world.organizer)).status).toBe(
      'stopped',
    );
    const before = world.sink.mails.length;
    const { id } = await draft(stopId);
    await approve(id, 301);
    await world.service.rows.query(
      `UPDATE announcements SET approved_at = now() - interval '2 minutes' WHERE id = $1`,
      [id],
    );
    // The others are due in a minute: however fast these are sent, the announcement is stopped before its end.
    await world.service.rows.query(
      `UPDATE notices SET due_at = now()
        WHERE id IN (SELECT id FROM notices WHERE announcement_id = $1 AND state = 'planned' LIMIT 100)`,
      [id],
    );
    await soon(() => expect(world.sink.mails.length).toBeGreaterThan(before));
    const stopped = await world.service.ask(stopAnnouncement, { id }, world.organizer);
    expect(stopped.status).toBe('stopped');
    await soon(async () => {
      const rows = (await world.service.rows.query(
        `SELECT state, count(*)::integer AS count FROM notices WHERE announcement_id = $1 GROUP BY state ORDER BY state`,
        [id],
      )) as { state: string; count: number }[];
      expect(rows.map(({ state }) => state)).toEqual(['dropped', 'sent']);
      expect(rows[1]?.count).toBe(world.sink.mails.length - before);
    });
    expect((await world.service.ask(getAnnouncement, { id }, world.organizer)).sent).toBeLessThan(301);
  });

  it('belongs to its organization, needs somebody to go to, and knows its placeholders', async () => {
    const stopId = await world.stopIn(60);
    const { id } = await draft(stopId);
    for (const contract of [getAnnouncement, previewAnnouncement, stopAnnouncement])
      expect((await world.service.refusal(contract, { id }, stranger)).code).toBe('resource.not_found');
    const none = { id, body: { recipients: 0 } };
    expect((await world.service.refusal(approveAnnouncement, none, world.organizer)).code).toBe(
      'announcement.audience_empty',
    );
    const body = { subject: { en: 'x' }, text: { en: '{secret}' }, audience: {} };
    const nobodyMeant = await world.service.refusal(createAnnouncement, { stopId, body }, world.organizer);
    expect(nobodyMeant.code).toBe('request.invalid');
    const wrong = { stopId, body: { ...body, audience: { speakers: true as const } } };
    expect(await world.service.refusal(createAnnouncement, wrong, world.organizer)).toMatchObject({
      code: 'mail.template_invalid',
      extra: { errors: [{ pointer: '/text/en' }] },
    });
  });
});

describe('an organization', () => {
  it('has settings of its own', async () => {
    const defaults = await world.service.ask(getNotificationSettings, {}, stranger);
    expect(defaults).toEqual({
      replyTo: null,
      defaultLanguage: null,
      calendarMode: 'invite',
      quietHours: { from: '21:00', to: '08:00' },
      reminders: ['P7D', 'P1D'],
      version: 1,
    });
    const body = { replyTo: 'Team@Tour.example', quietHours: null, reminders: ['P3D'] };
    const changed = await world.service.ask(updateNotificationSettings, { body }, stranger);
    expect(changed).toMatchObject({
      replyTo: 'team@tour.example',
      quietHours: null,
      reminders: ['P3D'],
      version: 2,
    });
    expect((await world.service.ask(getNotificationSettings, {}, world.organizer)).replyTo).toBeNull();
    const stale = await world.service.refusal(
      updateNotificationSettings,
      { body: { calendarMode: 'none' } },
      stranger,
      { ifMatch: 1 },
    );
    expect(stale.code).toBe('precondition.failed');
  });

  it('writes in its own words, with the placeholders that there are', async () => {
    const one = { kind: 'seat-confirmed', language: 'en' as const };
    const body = { subject: 'Welcome to {stopName}', text: 'Hello **{recipientName}**, <b>see you</b>.' };
    const put = await world.service.ask(putMailTemplate, { ...one, body }, world.organizer);
    expect(put).toMatchObject({ ...body, isDefault: false });
    const preview = await world.service.ask(previewMailTemplate, { ...one, body }, world.organizer);
    expect(preview.html).toContain('<strong>Li Lei</strong>');
    expect(preview.html).not.toContain('<b>');
    const unknown = { ...one, body: { subject: '{nothing}', text: '{recipientName} {evil}' } };
    const refusal = await world.service.refusal(putMailTemplate, unknown, world.organizer);
    expect(refusal.code).toBe('mail.template_invalid');
    expect(refusal.extra.errors?.map((fault) => 'pointer' in fault && fault.pointer)).toEqual([
      '/subject',
      '/text',
    ]);
    const stopId = await world.stopIn(60);
    await world.register(stopId, [{ email: 'own-words@example.com' }]);
    await soon(async () => {
      await world.hurry();
      expect(world.subjectsTo('own-words@example.com')).toEqual(['Welcome to Chengdu']);
    });
    await world.service.ask(deleteMailTemplate, one, world.organizer);
    const { items } = await world.service.ask(listMailTemplates, {}, world.organizer);
    expect(items.every(({ isDefault }) => isDefault)).toBe(true);
    const nothing = { kind: 'sign-in', language: 'en' as const, body };
    expect((await world.service.refusal(putMailTemplate, nothing, world.organizer)).code).toBe(
      'resource.not_found',
    );
  });
});
