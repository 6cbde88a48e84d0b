import { describe, expect, it } from '@jest/globals';
import { aSession } from '../planner/sessions.fixture.js';
import { draftOf, emptySession, sessionBody, sessionPatch } from './session-draft.js';

describe('a session as it is typed', () => {
  it('becomes a request', () => {
    const draft = {
      ...emptySession,
      titleZh: ' 数据 ',
      minutes: '４５',
      speakers: [
        { name: '示例甲', email: 'wang@example.com', organization: ' ', jobTitle: '', mayOverlap: false },
      ],
    };
    expect(sessionBody(draft)).toEqual({
      title: { zh: '数据' },
      abstract: null,
      kind: 'sharing',
      durationMinutes: 45,
      track: null,
      language: null,
      speakers: [
        { name: '示例甲', email: 'wang@example.com', organization: null, jobTitle: null, mayOverlap: false },
      ],
    });
  });

  it('sends what was changed alone', () => {
    const session = aSession({ title: { zh: '数据', en: 'Data' }, track: '合规' });
    expect(sessionPatch(session, draftOf(session))).toEqual({});
    expect(sessionPatch(session, { ...draftOf(session), titleEn: '', track: '' })).toEqual({
      title: { zh: '数据', en: null },
      track: null,
    });
  });

  it('keeps the language of speakers, and imported ones without an address', () => {
    const session = aSession({
      speakers: [
        { name: '王', email: 'w@example.com', organization: null, jobTitle: null, language: 'en' },
        { name: '李', email: null, organization: null, jobTitle: null, mayOverlap: true },
      ],
    });
    const draft = draftOf(session);
    const [first, second] = draft.speakers;
    if (first === undefined || second === undefined) throw new Error('There are two.');
    const patch = sessionPatch(session, { ...draft, speakers: [{ ...first, name: '示例甲' }, second] });
    expect(patch['speakers']).toEqual([
      expect.objectContaining({ name: '示例甲', language: 'en' }),
      expect.objectContaining({ email: null, language: null, mayOverlap: true }),
    ]);
  });
});
