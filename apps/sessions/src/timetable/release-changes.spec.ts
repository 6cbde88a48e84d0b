import { describe, expect, it } from '@jest/globals';
import type { ReleasedSession } from './release.js';
import { releaseChanges } from './release-changes.js';

const session = (id: string, change: Partial<ReleasedSession> = {}): ReleasedSession => ({
  id,
  title: { zh: `题目 ${id}` },
  abstract: null,
  kind: 'sharing',
  track: null,
  language: null,
  speakers: [{ id: `speaker-of-${id}`, name: '张三', organization: null, jobTitle: null }],
  companyId: null,
  roomId: 'r1',
  startsAt: '2026-12-12T01:00:00Z',
  endsAt: '2026-12-12T01:45:00Z',
  ...change,
});
const [hall, other] = [
  { id: 'r1', name: { zh: '一号厅' } },
  { id: 'r2', name: { zh: '二号厅' } },
];
const rooms = [hall, other];

describe('what a release changes, for those concerned', () => {
  it('is everything where there was no release before', () => {
    expect(releaseChanges(null, { rooms, sessions: [session('a')] })).toEqual([
      {
        sessionId: 'a',
        title: { zh: '题目 a' },
        kinds: ['added'],
        from: null,
        to: {
          roomId: 'r1',
          roomName: { zh: '一号厅' },
          startsAt: '2026-12-12T01:00:00Z',
          endsAt: '2026-12-12T01:45:00Z',
        },
        speakerIds: { before: [], after: ['speaker-of-a'] },
      },
    ]);
  });

  it('names each session once, with all that became of it, and none that stayed', () => {
    const moved = session('b', { roomId: 'r2', track: 'AI', startsAt: '2026-12-12T00:30:00Z' });
    const changes = releaseChanges(
      { rooms, sessions: [session('a'), session('b'), session('c'), session('d')] },
      { rooms, sessions: [session('a'), moved, session('d', { startsAt: '2026-12-12T00:00:00Z' })] },
    );
    expect(changes.map(({ sessionId, kinds }) => [sessionId, kinds])).toEqual([
      ['d', ['moved']],
      ['b', ['moved', 'changed']],
      ['c', ['removed']],
    ]);
    expect(changes[2]).toMatchObject({
      to: null,
      from: { roomName: { zh: '一号厅' } },
      speakerIds: { before: ['speaker-of-c'], after: [] },
    });
  });

  it('gives each place the name that its own release has, also of a room that is gone', () => {
    const renamed = [{ ...hall, name: { zh: '主会场' } }];
    const [change] = releaseChanges(
      { rooms, sessions: [session('a', { roomId: 'r2' })] },
      { rooms: renamed, sessions: [session('a')] },
    );
    expect([change?.from?.roomName, change?.to?.roomName]).toEqual([{ zh: '二号厅' }, { zh: '主会场' }]);
    const [onlyName] = releaseChanges(
      { rooms, sessions: [session('a')] },
      { rooms: renamed, sessions: [session('a')] },
    );
    expect(onlyName).toMatchObject({
      kinds: ['changed'],
      from: { roomName: { zh: '一号厅' } },
      to: { roomName: { zh: '主会场' } },
    });
  });

  it('tells which speakers came and went', () => {
    const after = session('a', {
      speakers: [{ id: 'new', name: '李四', organization: null, jobTitle: null }],
    });
    const [change] = releaseChanges({ rooms, sessions: [session('a')] }, { rooms, sessions: [after] });
    expect(change?.speakerIds).toEqual({ before: ['speaker-of-a'], after: ['new'] });
  });
});
