import { describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { retryAfterMsOf } from '../egress/retry-after.js';
import { signedHeaders, signingKey } from './signature.js';
import { moveTo, wantsMessage } from './webhook.js';

describe('a webhook', () => {
  it.each([
    ['active', 'pause', 'paused'],
    ['paused', 'enable', 'active'],
    ['disabled', 'enable', 'active'],
    ['gone', 'enable', 'active'],
  ] as const)('that is %s can be %sd', (state, move, next) => {
    expect(moveTo(state, move)).toBe(next);
  });

  it.each([
    ['pending', 'pause'],
    ['pending', 'enable'],
    ['active', 'enable'],
    ['paused', 'pause'],
    ['gone', 'pause'],
  ] as const)('that is %s can’t be %sd', (state, move) => {
    expect(() => moveTo(state, move)).toThrow(/^webhook.invalid_transition/);
  });

  const message = {
    type: 'registration.confirmed',
    organizationId: 'org',
    companyId: 'company',
    stopId: 'stop',
    public: false,
  };
  const ofOrganization = { organizationId: 'org', companyId: null, types: ['registration.*'], stopIds: null };
  const ofCompany = { ...ofOrganization, organizationId: null, companyId: 'company' };

  it.each([
    ['its organization’s', ofOrganization, message, false, true],
    ['another organization’s', { ...ofOrganization, organizationId: 'other' }, message, false, false],
    ['of a type that it did not ask for', { ...ofOrganization, types: ['stop.*'] }, message, false, false],
    ['of exactly its type', { ...ofOrganization, types: ['registration.confirmed'] }, message, false, true],
    ['of its stop', { ...ofOrganization, stopIds: ['stop'] }, message, false, true],
    ['of another stop', { ...ofOrganization, stopIds: ['other'] }, message, false, false],
    [
      'of no stop, where it asked for one',
      { ...ofOrganization, stopIds: ['stop'] },
      { ...message, stopId: null },
      false,
      false,
    ],
    ['its company’s', ofCompany, message, false, true],
    ['another company’s', { ...ofCompany, companyId: 'other' }, message, true, false],
    [
      'public and of a stop it registered for',
      { ...ofCompany, companyId: 'other' },
      { ...message, companyId: null, public: true },
      true,
      true,
    ],
    [
      'public and of a stop it did not register for',
      { ...ofCompany, companyId: 'other' },
      { ...message, companyId: null, public: true },
      false,
      false,
    ],
  ])('gets a message that is %s: %#', (_, webhook, one, isRegistered, gets) => {
    expect(wantsMessage(webhook, one, isRegistered)).toBe(gets);
  });
});

describe('a signature', () => {
  const secrets = [1, 2].map((fill) => `whsec_${Buffer.alloc(32, fill).toString('base64')}`);
  const body = '{"type":"registration.confirmed"}';
  const headers = signedHeaders(secrets.map(signingKey), { id: '019b2f5e', at: new Date(), body });

  it.each(secrets)('is read by a library of Standard Webhooks with the secret %s', (secret) => {
    expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  });

  it('is worth nothing for another body or another secret', () => {
    const other = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
    expect(() => new Webhook(other).verify(body, headers)).toThrow();
    expect(() => new Webhook(secrets[0] ?? '').verify(`${body} `, headers)).toThrow();
  });
});

describe('Retry-After', () => {
  const now = new Date('2027-01-16T01:00:00Z');
  it.each([
    ['120', 120_000],
    ['Sat, 16 Jan 2027 01:01:00 GMT', 60_000],
    ['Sat, 16 Jan 2027 00:00:00 GMT', 0],
    ['soon', null],
    [undefined, null],
  ])('%j means %j ms', (header, ms) => {
    expect(retryAfterMsOf(header, now)).toBe(ms);
  });
});
