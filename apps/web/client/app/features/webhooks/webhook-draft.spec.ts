import { describe, expect, it } from '@jest/globals';
import {
  emptyWebhook,
  typesToTest,
  webhookBody,
  webhookDraftOf,
  webhookPatch,
  type WebhookDraft,
} from './webhook-draft.js';

const stored = {
  url: 'https://hooks.example.com/a',
  label: 'CRM',
  types: ['registration.*'],
  stopIds: ['stop-1'],
} as const;

describe('a draft of a webhook', () => {
  it('becomes what the API takes, and comes back', () => {
    expect(webhookBody({ ...emptyWebhook, url: ' https://hooks.example.com ', label: ' ' })).toEqual({
      url: 'https://hooks.example.com',
      label: null,
      types: ['registration.*'],
      stopIds: null,
    });
    expect(webhookBody(webhookDraftOf(stored))).toEqual(stored);
  });

  it.each<[string, Partial<WebhookDraft>, Record<string, unknown>]>([
    ['nothing', {}, {}],
    ['nothing but blanks', { label: ' CRM ' }, {}],
    ['the label alone', { label: 'ERP' }, { label: 'ERP' }],
    ['a label that goes', { label: '' }, { label: null }],
    ['all stops again', { stopIds: [] }, { stopIds: null }],
    ['other events', { types: ['stop.*'] }, { types: ['stop.*'] }],
    ['another address', { url: 'https://b.example.com' }, { url: 'https://b.example.com' }],
  ])('sends only what changed: %s', (_, changed, patch) => {
    expect(webhookPatch(stored, { ...webhookDraftOf(stored), ...changed })).toEqual(patch);
  });

  it('can be tried with each event that it gets', () => {
    const catalogue = ['stop.published', 'registration.confirmed', 'registration.declined', 'webhook.ping'];
    expect(typesToTest(['registration.*'], catalogue)).toEqual([
      'webhook.ping',
      'registration.confirmed',
      'registration.declined',
    ]);
    expect(typesToTest(['stop.published'], catalogue)).toEqual(['webhook.ping', 'stop.published']);
    expect(typesToTest(['webhook.*'], catalogue)).toEqual(['webhook.ping']);
  });
});
