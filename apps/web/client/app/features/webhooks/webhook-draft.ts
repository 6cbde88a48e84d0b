import { patchBetween } from '../../form/patch.js';
import type { Webhook } from './webhooks.queries.js';

/** Which events are sent, of which stops; without stops it is all of them. */
export interface EventsDraft {
  readonly types: readonly string[];
  readonly stopIds: readonly string[];
}

export interface WebhookDraft extends EventsDraft {
  readonly url: string;
  readonly label: string;
}

export const emptyWebhook: WebhookDraft = { url: '', label: '', types: ['registration.*'], stopIds: [] };

type Stored = Pick<Webhook, 'url' | 'label' | 'types' | 'stopIds'>;

export function webhookDraftOf({ url, label, types, stopIds }: Stored): WebhookDraft {
  return { url, label: label ?? '', types, stopIds: stopIds ?? [] };
}

/** What the API keeps of a draft: nothing chosen is `null` there. */
export function webhookBody({ url, label, types, stopIds }: WebhookDraft): Stored {
  return {
    url: url.trim(),
    label: label.trim() === '' ? null : label.trim(),
    types,
    stopIds: stopIds.length === 0 ? null : stopIds,
  };
}

/** What of an endpoint is to change, as a merge patch; empty where nothing is. */
export function webhookPatch(webhook: Stored, draft: WebhookDraft): Record<string, unknown> {
  return patchBetween(webhookBody(webhookDraftOf(webhook)), webhookBody(draft));
}

/** The types of the catalogue that an endpoint gets, behind the ping, which every endpoint takes. */
export function typesToTest(patterns: readonly string[], catalogue: readonly string[]): string[] {
  const wanted = catalogue.filter((type) => patterns.some((pattern) => matches(pattern, type)));
  return ['webhook.ping', ...wanted.filter((type) => type !== 'webhook.ping')];
}

/** `registration.*` or the type itself. */
function matches(pattern: string, type: string): boolean {
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}
