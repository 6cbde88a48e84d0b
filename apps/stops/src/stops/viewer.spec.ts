import { describe, expect, it } from '@jest/globals';
import type { Caller } from '#contracts';
import { mayReadStop } from './viewer.js';

const callers: Record<string, Caller> = {
  public: { role: 'public', keyId: null },
  company: { role: 'company', keyId: 'k', companyId: 'c' },
  organizer: { role: 'organizer', keyId: 'k', organizationId: 'own' },
  'another organizer': { role: 'organizer', keyId: 'k', organizationId: 'other' },
  'staff of the stop': { role: 'staff', keyId: 'k', organizationId: 'own', stopId: 'stop' },
  'staff of another stop': { role: 'staff', keyId: 'k', organizationId: 'own', stopId: 'another' },
  admin: { role: 'admin', keyId: 'k' },
};

describe('who sees a stop', () => {
  it.each([
    ['public', false],
    ['company', false],
    ['organizer', true],
    ['another organizer', false],
    ['staff of the stop', true],
    ['staff of another stop', false],
    ['admin', true],
  ])('that was never published: %s, %s', (who, sees) => {
    const caller = callers[who] ?? { role: 'public', keyId: null };
    const draft = { id: 'stop', organizationId: 'own', published: false };
    expect(mayReadStop(caller, draft)).toBe(sees);
    expect(mayReadStop(caller, { ...draft, published: true })).toBe(true);
  });
});
