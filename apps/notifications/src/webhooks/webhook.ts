import { Problem, matchesType, type Webhook, type WebhookState } from '#contracts';
import type { MessageScope } from '../log/public-message.js';

/** Endpoints of one owner at most. */
export const maxWebhooks = { organization: 20, company: 5 } as const;

export type WebhookOwner =
  | { readonly organizationId: string; readonly companyId: null }
  | { readonly organizationId: null; readonly companyId: string };

/** An endpoint as it is stored. */
export interface WebhookRecord {
  readonly id: string;
  readonly organizationId: string | null;
  readonly companyId: string | null;
  readonly url: string;
  readonly types: string[];
  readonly stopIds: string[] | null;
  readonly label: string | null;
  readonly state: WebhookState;
  readonly secretGeneration: number;
  readonly previousSecretUntil: Date | null;
  readonly createdAt: Date;
  readonly version: number;
}

/** What the owner can do in each state, and what comes of it. */
const moves = {
  pause: { active: 'paused' },
  enable: { paused: 'active', disabled: 'active', gone: 'active' },
} as const satisfies Record<string, Partial<Record<WebhookState, WebhookState>>>;

export type WebhookMove = keyof typeof moves;

/** @throws Problem `webhook.invalid_transition` */
export function moveTo(state: WebhookState, move: WebhookMove): WebhookState {
  const next = (moves[move] as Partial<Record<WebhookState, WebhookState>>)[state];
  if (next !== undefined) return next;
  const hint =
    state === 'pending' ? ' It becomes active once a webhook.ping was answered with 2xx: POST …/test.' : '';
  throw new Problem('webhook.invalid_transition', `A webhook that is ${state} can't be ${move}d.${hint}`);
}

/** States in which messages are kept for an endpoint. */
export function takesMessages(state: WebhookState): boolean {
  return state === 'active' || state === 'paused';
}

/**
 * Whether an endpoint gets a message: its owner may have it, and the types and stops that it asked for include it.
 * @param isRegistered whether the endpoint's company is, or was, registered at the message's stop
 */
export function wantsMessage(
  webhook: Pick<WebhookRecord, 'organizationId' | 'companyId' | 'types' | 'stopIds'>,
  message: MessageScope & { readonly type: string },
  isRegistered: boolean,
): boolean {
  if (!webhook.types.some((pattern) => matchesType(pattern, message.type))) return false;
  if (webhook.stopIds !== null && (message.stopId === null || !webhook.stopIds.includes(message.stopId)))
    return false;
  if (webhook.organizationId !== null) return webhook.organizationId === message.organizationId;
  return webhook.companyId === message.companyId || (message.public && isRegistered);
}

export function presentWebhook(record: WebhookRecord, format: (at: Date) => string): Webhook {
  const { id, url, types, stopIds, label, state, createdAt, version } = record;
  return { id, url, types, stopIds, label, state, createdAt: format(createdAt), version };
}
