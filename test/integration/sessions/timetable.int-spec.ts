import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import ICAL from 'ical.js';
import {
  cancelSession,
  getTimetable,
  getTimetableCalendar,
  listTimetableReleases,
  releaseTimetable,
  updateSession,
  withdrawSession,
  type Caller,
  type StopState,
} from '../../../libs/contracts/src/index.js';
import { Programme } from './programme.js';

let programme: Programme;
const nobody: Caller = { role: 'public', keyId: null };
const stranger: Caller = { role: 'organizer', keyId: randomUUID(), organizationId: randomUUID() };
const nine = '2036-12-12T01:00:00Z';
const ten = '2036-12-12T02:00:00Z';

beforeAll(async () => {
  programme = await Programme.start();
});
afterAll(() => programme.end());

const release = (stop: StopState, note?: string) =>
  programme.service.ask(
    releaseTimetable,
    { stopId: stop.id, body: note === undefined ? {} : { note } },
    programme.organizer,
  );

describe('a timetable', () => {
  it('is public once released, without addresses, and never changes', async () => {
    const { service, organizer } = programme;
    const stop = programme.stop();
    const second = await programme.scheduled(stop, 1, ten);
    const first = await programme.scheduled(stop, 0, nine);
    await programme.accepted(stop);
    const asked = { stopId: stop.id };
    expect((await service.refusal(getTimetable, asked, nobody)).code).toBe('resource.not_found');
    const made = await release(stop, '第一版');
    expect(made).toMatchObject({ version: 1, note: '第一版' });
    expect(made.changes.added.map((one) => one.sessionId)).toEqual([first.id, second.id]);
    expect(Object.keys(made).at(-1)).toBe('version');
    const shown = await service.ask(getTimetable, asked, nobody);
    expect(shown).toMatchObject({ release: { version: 1, note: '第一版' }, rooms: stop.rooms });
    expect(shown.sessions.map((one) => [one.id, one.roomId, one.startsAt])).toEqual([
      [first.id, stop.rooms[0]?.id, nine],
      [second.id, stop.rooms[1]?.id, ten],
    ]);
    expect(JSON.stringify(shown)).not.toContain('@');
    await service.ask(updateSession, { id: first.id, body: { track: 'A' } }, organizer);
    await programme.schedule(second, stop, 0, ten);
    await programme.changeStop(stop.id, { name: { zh: '新名' } });
    expect(await service.ask(getTimetable, asked, nobody)).toEqual(shown);
    const next = await release(stop);
    expect(next.changes).toMatchObject({
      added: [],
      removed: [],
      moved: [
        { sessionId: second.id, from: { roomId: stop.rooms[1]?.id }, to: { roomId: stop.rooms[0]?.id } },
      ],
      changed: [{ sessionId: first.id }],
    });
    expect(await service.ask(getTimetable, { ...asked, release: 1 }, nobody)).toEqual(shown);
    expect((await service.ask(getTimetable, asked, nobody)).stop.name).toEqual({ zh: '新名' });
    const write = `UPDATE timetable_releases SET note = 'x' WHERE stop_id = '${stop.id}'`;
    await expect(service.rows.query(write)).rejects.toThrow('never changes');
    await expect(service.rows.query('DELETE FROM timetable_releases')).rejects.toThrow('never changes');
  });

  it('shows its draft to its organizers only', async () => {
    const { service, organizer } = programme;
    const stop = programme.stop();
    const session = await programme.scheduled(stop, 0, nine);
    const draft = { stopId: stop.id, release: 'draft' as const };
    expect(await service.ask(getTimetable, draft, organizer)).toMatchObject({
      release: { version: null, publishedAt: null, note: null },
      sessions: [{ id: session.id }],
    });
    const codes = [nobody, programme.companyCaller(), stranger].map(
      async (caller) => (await service.refusal(getTimetable, draft, caller)).code,
    );
    expect(await Promise.all(codes)).toEqual(['auth.required', 'auth.forbidden', 'resource.not_found']);
  });

  it('of a draft stop, or of a number never given, is not there', async () => {
    const { service, organizer } = programme;
    const stop = programme.stop({ status: 'draft', published: false });
    await programme.scheduled(stop, 0, nine);
    await release(stop);
    const asked = { stopId: stop.id };
    const code = async (input: object, caller: Caller) =>
      (await service.refusal(getTimetable, { ...asked, ...input }, caller)).code;
    expect(await code({}, nobody)).toBe('resource.not_found');
    expect(await code({}, stranger)).toBe('resource.not_found');
    expect(await code({ release: 2 }, organizer)).toBe('resource.not_found');
    expect(await code({ release: 9_007_199_254_740_991 }, organizer)).toBe('resource.not_found');
    expect((await service.refusal(listTimetableReleases, asked, nobody)).code).toBe('resource.not_found');
    expect((await service.refusal(releaseTimetable, asked, stranger)).code).toBe('resource.not_found');
    const page = await service.ask(listTimetableReleases, asked, organizer);
    expect(page.items.map((one) => one.version)).toEqual([1]);
  });

  it('is a calendar that follows each release', async () => {
    const { service } = programme;
    const stop = programme.stop();
    const session = await programme.scheduled(stop, 0, nine);
    await release(stop);
    const event = async (lang: 'zh' | 'en') => {
      const { ics } = await service.ask(getTimetableCalendar, { stopId: stop.id, lang }, nobody);
      return new ICAL.Component(ICAL.parse(ics) as unknown[]).getFirstSubcomponent('vevent');
    };
    const first = await event('en');
    expect(first?.getFirstPropertyValue('location')).toBe('Hall 1, 会展中心');
    expect(first?.getFirstPropertyValue('sequence')).toBe(0);
    await programme.schedule(session, stop, 0, ten);
    expect((await event('zh'))?.getFirstPropertyValue('sequence')).toBe(0);
    await release(stop);
    const second = await event('zh');
    expect(second?.getFirstPropertyValue('uid')).toBe(first?.getFirstPropertyValue('uid'));
    expect(second?.getFirstPropertyValue('sequence')).toBe(1);
    await service.ask(cancelSession, { id: session.id, body: { reason: '讲者生病' } }, programme.organizer);
    await release(stop);
    const gone = await event('zh');
    expect(gone?.getFirstPropertyValue('status')).toBe('CANCELLED');
    expect(gone?.getFirstPropertyValue('description')).toMatch(/\n已取消：讲者生病$/u);
  });

  it('keeps to itself why a company withdrew', async () => {
    const { service } = programme;
    const stop = programme.stop();
    const company = programme.companyCaller();
    const withdrawn = await programme.acceptedFrom(stop, company);
    await programme.schedule(withdrawn, stop, 0, nine);
    await release(stop);
    await service.ask(withdrawSession, { id: withdrawn.id, body: { reason: '内部原因' } }, company);
    await release(stop);
    const { ics } = await service.ask(getTimetableCalendar, { stopId: stop.id, lang: 'zh' }, nobody);
    expect(ics).toContain('STATUS:CANCELLED');
    expect(ics).not.toContain('内部原因');
  });
});
