import { describe, expect, it } from '@jest/globals';
import { afterAnswer, clockOffset, requestOf, stamped, waitMs, type Answer, type Step } from './answer.js';
import { faceOf, type Face } from './face.js';
import { needsLook, type Scan } from './scan.js';
import { aScan, anAnswer, scannedMs } from './testing.js';

const at = new Date(scannedMs).toISOString();
const earlier = '2027-01-16T00:30:00.000Z';
const sent = aScan({ sentAt: at });
const checkedIn = (changes: object = {}): Partial<Answer> => ({
  body: {
    delegate: { id: 'd1', name: '示例甲' },
    company: { id: 'c1', name: { zh: '示例企业' } },
    checkedInAt: at,
    repeated: false,
    ...changes,
  },
});
const newId = () => 'k9';
const done = (step: Step): Scan => {
  if (step.kind !== 'done') throw new Error(`not done: ${step.kind}`);
  return step.scan;
};

describe('an answer corrects what the door said', () => {
  it.each<[string, Scan, Answer, Partial<Face>, boolean]>([
    ['confirmed', sent, anAnswer(200, checkedIn()), { colour: 'green', confirmation: 'confirmed' }, false],
    [
      'somebody came in earlier at another door',
      sent,
      anAnswer(200, checkedIn({ repeated: true, checkedInAt: earlier })),
      { colour: 'orange', headline: 'already' },
      true,
    ],
    [
      'another door let the same badge in after us',
      sent,
      anAnswer(200, checkedIn({ repeated: true })),
      { colour: 'green', confirmation: 'also_elsewhere' },
      true,
    ],
    [
      'an unknown badge is valid after all',
      aScan({ said: 'unknown', delegateId: null, sentAt: at }),
      anAnswer(200, checkedIn()),
      { colour: 'green', headline: 'admit' },
      false,
    ],
    [
      'an unknown badge is of nobody',
      aScan({ said: 'unknown', delegateId: null, sentAt: at }),
      anAnswer(404, { code: 'badge.unknown' }),
      { colour: 'red', headline: 'not_valid' },
      false,
    ],
    [
      'the badge ended',
      sent,
      anAnswer(409, { code: 'badge.not_valid' }),
      { colour: 'red', headline: 'not_valid' },
      true,
    ],
    [
      'another stop',
      sent,
      anAnswer(409, { code: 'badge.wrong_stop' }),
      { colour: 'red', headline: 'wrong_stop' },
      true,
    ],
    [
      'cancelled',
      sent,
      anAnswer(409, { code: 'stop.cancelled' }),
      { colour: 'red', headline: 'refused' },
      true,
    ],
    [
      'taken back',
      aScan({ said: 'take_back', sentAt: '', isSeen: true }),
      anAnswer(204),
      { colour: 'purple', headline: 'taken_back', confirmation: 'confirmed' },
      false,
    ],
  ])('%s', (_, scan, answer, face, look) => {
    const after = done(afterAnswer(scan, answer, newId));
    expect(faceOf(after)).toMatchObject(face);
    expect(needsLook(after)).toBe(look);
    expect(after.badge).toBeNull();
  });

  it.each([0, 408, 429, 503, 504, 500])('keeps the scan after %d', (status) => {
    const step = afterAnswer(sent, anAnswer(status), newId);
    expect(step).toMatchObject({
      kind: 'again',
      scan: { state: 'waiting', id: 'k1', sentAt: at, tries: 1, badge: 'B' },
    });
  });

  it('waits as long as the API asks for, else longer each time and never longer than 15 s', () => {
    expect(afterAnswer(sent, anAnswer(429, { retryAfterMs: 7_000 }), newId)).toMatchObject({
      afterMs: 7_000,
    });
    expect([0, 1, 2, 3, 4, 100].map(waitMs)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  });

  it('stops when the sign-in has ended, and keeps the scan', () => {
    expect(afterAnswer(sent, anAnswer(401), newId)).toEqual({ kind: 'signed_out' });
  });

  it('gives up an error that comes again and again, and says so', () => {
    expect(done(afterAnswer({ ...sent, tries: 4 }, anAnswer(500), newId))).toMatchObject({
      state: 'refused',
    });
  });

  it('lets the API take its own time where this clock runs ahead, as another request', () => {
    const step = afterAnswer(sent, anAnswer(422, { code: 'request.invalid' }), newId);
    expect(step).toMatchObject({ kind: 'again', afterMs: 0, scan: { id: 'k9', sentAt: '' } });
    const again = step.kind === 'again' ? step.scan : sent;
    expect(requestOf(stamped(again, 0), 's1').body).toEqual({ badge: 'B' });
    expect(done(afterAnswer(again, anAnswer(422, { code: 'request.invalid' }), newId)).state).toBe('refused');
  });
});

describe('what is sent', () => {
  it('is the time of the scan on the server’s clock, the same however often it is sent', () => {
    const first = stamped(aScan(), 300_000);
    expect(requestOf(first, 's1')).toEqual({
      method: 'POST',
      path: '/stops/s1/check-ins',
      body: { badge: 'B', at: '2027-01-16T01:05:00.000Z' },
    });
    expect(stamped(first, 0)).toBe(first);
  });

  it('names who has no badge by the id, and takes back by the id', () => {
    expect(requestOf(stamped(aScan({ badge: null }), 0), 's1').body).toEqual({ delegateId: 'd1', at });
    expect(requestOf(aScan({ said: 'take_back', sentAt: '' }), 's1')).toEqual({
      method: 'DELETE',
      path: '/stops/s1/check-ins/d1',
      body: undefined,
    });
  });

  it('corrects a clock that is wrong, and trusts one that is about right', () => {
    expect(clockOffset(1_000, 1_400, 301_200)).toBe(300_000);
    expect(clockOffset(1_000, 1_400, 3_000)).toBe(0);
    expect(clockOffset(1_000, 1_400, null)).toBeNull();
  });
});
