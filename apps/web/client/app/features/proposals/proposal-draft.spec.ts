import { describe, expect, it } from '@jest/globals';
import type { Session } from '#contracts/sessions';
import { patchBetween } from '../../form/patch.js';
import { emptyProposal, proposalBody, proposalDraftOf } from './proposal-draft.js';

describe('a session as its company types it', () => {
  it('becomes the body of a request', () => {
    const draft = {
      ...emptyProposal,
      titleZh: ' 数据 ',
      minutes: '４５',
      speakers: [{ name: '示例甲', email: ' wang@example.com ', organization: '', jobTitle: '' }],
    };
    expect(JSON.parse(JSON.stringify(proposalBody(draft)))).toEqual({
      title: { zh: '数据' },
      kind: 'sharing',
      durationMinutes: 45,
      speakers: [{ name: '示例甲', email: 'wang@example.com' }],
    });
  });

  it('comes back from a session that is there, and sends what was changed alone', () => {
    const session = {
      title: { zh: '数据' },
      abstract: null,
      kind: 'panel',
      durationMinutes: 30,
      track: '模型',
      language: 'zh',
      speakers: [{ name: '示例甲', email: 'wang@example.com', organization: null, jobTitle: null }],
    } as unknown as Session;
    const before = proposalDraftOf(session);
    const after = { ...before, track: '', abstractZh: '摘要' };
    expect(patchBetween(proposalBody(before), proposalBody(after))).toEqual({
      track: null,
      abstract: { zh: '摘要', en: undefined },
    });
  });
});
