import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import {
  cancelSession,
  getReleaseChanges,
  getSpeakers,
  listSpeakers,
  releaseTimetable,
  systemCaller,
  updateSession,
  type Session,
  type StopState,
} from '../../../libs/contracts/src/index.js';
import { Programme } from './programme.js';

let programme: Programme;
const [nine, ten] = ['2036-12-12T01:00:00Z', '2036-12-12T02:00:00Z'];

beforeAll(async () => {
  programme = await Programme.start();
});
afterAll(() => programme.end());

const speakersOf = async (...sessions: { id: string }[]) => {
  const sessionIds = sessions.map(({ id }) => id);
  return (await programme.service.ask(getSpeakers, { sessionIds }, systemCaller)).sessions;
};
const update = (session: Session, body: object): Promise<Session> =>
  programme.service.ask(updateSession, { id: session.id, body }, programme.organizer);
const release = (stop: StopState) =>
  programme.service.ask(releaseTimetable, { stopId: stop.id, body: {} }, programme.organizer);
const changes = (
  stop: StopState,
  asked: { release: number; since?: number; cursor?: string; limit?: number },
) => programme.service.ask(getReleaseChanges, { stopId: stop.id, ...asked }, systemCaller);

describe('what a mail to speakers needs', () => {
  it('is where they are reached now, by ids that stay when anything else of a speaker changes', async () => {
    const stop = programme.stop();
    const speakers = [{ name: '张三', email: 'Zhang@example.com', jobTitle: 'CTO', language: 'en' as const }];
    const talk = await programme.accepted(stop, { speakers });
    const other = await programme.accepted(stop);
    const [before, second] = await speakersOf(talk, { id: randomUUID() }, other);
    expect(before).toMatchObject({
      sessionId: talk.id,
      status: 'accepted',
      speakers: [{ name: '张三', jobTitle: 'CTO', language: 'en' }],
    });
    expect(second?.sessionId).toBe(other.id);
    await update(talk, { speakers: [{ name: '张三', email: 'new@example.com' }] });
    const [after] = await speakersOf(talk);
    expect(after?.speakers).toEqual([
      {
        speakerId: before?.speakers[0]?.speakerId,
        name: '张三',
        email: 'new@example.com',
        organization: null,
        jobTitle: null,
        language: null,
      },
    ]);
  });

  it('is, for an announcement, all speakers of what takes place or will, page by page', async () => {
    const stop = programme.stop();
    const [first, second, gone] = [
      await programme.accepted(stop),
      await programme.scheduled(stop, 0, nine),
      await programme.accepted(stop),
    ];
    await programme.service.ask(cancelSession, { id: gone.id }, programme.organizer);
    await programme.propose(stop, programme.companyCaller());
    const asked = { stopId: stop.id, limit: 1 };
    const page = await programme.service.ask(listSpeakers, asked, systemCaller);
    expect(page.items.map(({ sessionId }) => sessionId)).toEqual([first.id]);
    const next = { ...asked, cursor: page.nextCursor ?? '' };
    expect(await programme.service.ask(listSpeakers, next, systemCaller)).toMatchObject({
      items: [{ sessionId: second.id }],
      nextCursor: null,
    });
    const cancelled = await programme.service.ask(
      listSpeakers,
      { ...asked, statuses: ['cancelled'] },
      systemCaller,
    );
    expect(cancelled.items.map(({ sessionId }) => sessionId)).toEqual([gone.id]);
  });

  it('is what a release changed, from where to where, against the one before or an earlier one', async () => {
    const stop = programme.stop();
    const moved = await programme.scheduled(stop, 0, nine);
    const removed = await programme.scheduled(stop, 1, nine);
    await release(stop);
    await programme.schedule(moved, stop, 1, ten);
    await release(stop);
    await programme.service.ask(cancelSession, { id: removed.id }, programme.organizer);
    await release(stop);
    const ids = (await speakersOf(moved))[0]?.speakers.map(({ speakerId }) => speakerId);
    expect(await changes(stop, { release: 2 })).toEqual({
      release: { number: 2, publishedAt: expect.any(String), note: null },
      stop: expect.objectContaining({ id: stop.id, timeZone: 'Asia/Shanghai' }),
      items: [
        {
          sessionId: moved.id,
          title: moved.title,
          kinds: ['moved'],
          from: {
            roomId: stop.rooms[0]?.id,
            roomName: stop.rooms[0]?.name,
            startsAt: nine,
            endsAt: later(nine),
          },
          to: { roomId: stop.rooms[1]?.id, roomName: stop.rooms[1]?.name, startsAt: ten, endsAt: later(ten) },
          speakerIds: { before: ids, after: ids },
        },
      ],
      nextCursor: null,
    });
    const since = await changes(stop, { release: 3, since: 1 });
    expect(since.items.map(({ sessionId, kinds }) => [sessionId, kinds])).toEqual([
      [removed.id, ['removed']],
      [moved.id, ['moved']],
    ]);
    const first = await changes(stop, { release: 1, limit: 1 });
    const rest = await changes(stop, { release: 1, limit: 1, cursor: first.nextCursor ?? '' });
    expect([...first.items, ...rest.items].map(({ sessionId }) => sessionId).toSorted()).toEqual(
      [moved.id, removed.id].toSorted(),
    );
    expect(rest.nextCursor).toBeNull();
    const unknown = { stopId: stop.id, release: 4 };
    expect((await programme.service.refusal(getReleaseChanges, unknown, systemCaller)).code).toBe(
      'resource.not_found',
    );
  });
});

/** Thirty minutes later. */
function later(at: string): string {
  return new Date(Date.parse(at) + 1_800_000).toISOString().replace('.000Z', 'Z');
}
