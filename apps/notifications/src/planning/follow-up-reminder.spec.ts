import { describe, expect, it } from '@jest/globals';
import { followUpSnapshot } from '../mail-topics/follow-up-snapshot.js';
import { decideFollowUp } from './follow-up-reminder.js';

const at = (day: number) => new Date(Date.UTC(2027, 0, day));
const notified = (n: number, times: number, day: number) => ({ n, times, at: at(day).toISOString() });

describe('a step that waits for a confirmation', () => {
  it('makes a mail at once, another after a week, and no third', () => {
    const first = decideFollowUp({ n: 1 }, null, at(1));
    expect(first).toEqual({ notify: true, notified: notified(1, 1, 1), lookAgainAt: at(8) });
    const between = { notify: false, notified: first.notified, lookAgainAt: at(8) };
    expect(decideFollowUp({ n: 1 }, first.notified, at(4))).toEqual(between);
    const second = decideFollowUp({ n: 1 }, first.notified, at(8));
    expect(second).toEqual({ notify: true, notified: notified(1, 2, 8), lookAgainAt: null });
    expect(decideFollowUp({ n: 1 }, second.notified, at(30)).notify).toBe(false);
  });

  it('gives way to a newer one, and to its confirmation', () => {
    expect(decideFollowUp({ n: 2 }, notified(1, 2, 1), at(2)).notified).toEqual(notified(2, 1, 2));
    expect(decideFollowUp(null, notified(1, 1, 1), at(9)).notify).toBe(false);
  });

  it('is the newest one, unless the follow-up went on without it', () => {
    const step = (n: number, confirmedAt: string | null) => ({
      n,
      stage: 'trial' as const,
      by: 'a',
      at: at(n).toISOString(),
      confirmedBy: confirmedAt && 'b',
      confirmedAt,
    });
    const waitingIn = (stage: 'trial' | 'ended', ...steps: ReturnType<typeof step>[]) =>
      followUpSnapshot({
        followUpId: 'f',
        stopId: 's',
        tourId: 't',
        organizationId: 'o',
        meetingId: null,
        companies: ['a', 'b'],
        stage,
        steps,
        version: 1,
      }).waiting;
    expect(waitingIn('trial', step(1, 'x'), step(2, null))).toEqual({ n: 2, by: 'a' });
    expect(waitingIn('trial', step(1, null), step(2, 'x'))).toBeNull();
    expect(waitingIn('ended', step(1, null))).toBeNull();
  });
});
