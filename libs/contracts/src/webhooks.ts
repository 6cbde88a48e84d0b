import { z } from 'zod';
import { request } from './contract.js';
import { PublicEvent, isTypePattern } from './public-events.js';
import { readText } from './values/readable-text.js';
import { readBy } from './values/reading.js';
import { Id, Instant, Label, Page, Version, line, pageOf, statesOf, wholeNumber } from './values/values.js';

export const maxTypes = 50;
export const maxStops = 100;

const maxTypeLength = 60;

/** A word of one line that is one of the catalogue's, as `isKnown` says. */
const typeName = (isKnown: (type: string) => boolean, fault: string, examples: string[]) =>
  readBy(
    (given) => {
      const read = readText(given, { minLength: 1, maxLength: maxTypeLength, isOneLine: true });
      return 'value' in read && !isKnown(read.value) ? { fault } : read;
    },
    { minLength: 1, maxLength: maxTypeLength, examples },
  );

/** A type of the catalogue, or `prefix.*`. */
export const TypePattern = typeName(
  isTypePattern,
  'must be a type of GET /v1/event-types, or the first word of some with ".*"',
  ['registration.*', 'timetable.released'],
);
const EventType = typeName(
  (type) => isTypePattern(type) && !type.endsWith('*'),
  'must be a type of GET /v1/event-types',
  ['registration.confirmed', 'webhook.ping'],
);

// ── The log ─────────────────────────────────────────────────────────────────────────────────────

/** Comma-separated in the query. */
const TypePatterns = line(2_000)
  .refine((value) => value.split(',').every((one) => one.trim() !== ''), {
    error: 'must be types with one comma between two of them',
    abort: true,
  })
  .transform((value) => value.split(',').map((one) => one.trim()))
  .pipe(z.array(TypePattern).min(1).max(maxTypes));

export const eventFilter = { types: TypePatterns.optional(), stopId: Id.optional() };

export const listEvents = request('rpc.notifications.list-events.v1', {
  input: z.strictObject({
    after: line(512).optional(),
    ...eventFilter,
    limit: Page.shape.limit,
  }),
  /** The cursor is where to go on, also where nothing is left for now. */
  output: z.object({ items: z.array(PublicEvent), nextCursor: z.string() }),
  errors: ['events.cursor_too_old'],
});

export const EventTypeDescription = z.object({
  type: z.string(),
  description: z.string(),
  schema: z.record(z.string(), z.unknown()),
  example: PublicEvent,
});

// ── Webhooks ────────────────────────────────────────────────────────────────────────────────────

export const webhookStates = ['pending', 'active', 'paused', 'disabled', 'gone'] as const;
export type WebhookState = (typeof webhookStates)[number];

const webhookFields = {
  url: line(2_000).meta({ examples: ['https://hooks.example.com/waystop'] }),
  types: z.array(TypePattern).min(1).max(maxTypes),
  stopIds: z.array(Id).min(1).max(maxStops).nullish(),
  label: Label.nullish(),
};

export const Webhook = z.object({
  id: z.string(),
  url: z.string(),
  types: z.array(z.string()),
  stopIds: z.array(z.string()).nullable(),
  label: z.string().nullable(),
  state: z.enum(webhookStates),
  createdAt: z.string(),
  version: Version,
});
export type Webhook = z.output<typeof Webhook>;

/** With the secret of its signatures: shown when it is made and when it is rotated, and never again. */
export const WebhookWithSecret = Webhook.omit({ version: true }).extend({
  secret: z.string(),
  version: Version,
});

export const createWebhook = request('rpc.notifications.create-webhook.v1', {
  input: z.strictObject({ body: z.strictObject(webhookFields) }),
  output: WebhookWithSecret,
  errors: ['webhook.url_refused', 'webhook.limit_reached'],
});

export const listWebhooks = request('rpc.notifications.list-webhooks.v1', {
  input: z.strictObject(Page.shape),
  output: pageOf(Webhook),
});

const oneWebhook = z.strictObject({ id: Id });

export const getWebhook = request('rpc.notifications.get-webhook.v1', {
  input: oneWebhook,
  output: Webhook,
  errors: ['resource.not_found'],
});

export const updateWebhook = request('rpc.notifications.update-webhook.v1', {
  input: z.strictObject({
    id: Id,
    body: z.strictObject({
      url: webhookFields.url.optional(),
      types: webhookFields.types.optional(),
      stopIds: webhookFields.stopIds,
      label: webhookFields.label,
    }),
  }),
  output: Webhook,
  errors: ['resource.not_found', 'precondition.failed', 'webhook.url_refused'],
});

export const deleteWebhook = request('rpc.notifications.delete-webhook.v1', {
  input: oneWebhook,
  output: z.null(),
  errors: ['resource.not_found', 'precondition.failed'],
});

const moveWebhook = <Verb extends 'pause' | 'enable'>(verb: Verb) =>
  request(`rpc.notifications.${verb}-webhook.v1`, {
    input: oneWebhook,
    output: Webhook,
    errors: ['resource.not_found', 'precondition.failed', 'webhook.invalid_transition'],
  });
export const pauseWebhook = moveWebhook('pause');
export const enableWebhook = moveWebhook('enable');

export const rotateWebhookSecret = request('rpc.notifications.rotate-webhook-secret.v1', {
  input: z.strictObject({
    id: Id,
    /** For how long the secret before signs as well. */
    body: z.strictObject({ overlapHours: wholeNumber(0, 168).default(24) }).default({ overlapHours: 24 }),
  }),
  output: WebhookWithSecret,
  errors: ['resource.not_found', 'precondition.failed'],
});

export const testWebhook = request('rpc.notifications.test-webhook.v1', {
  input: z.strictObject({
    id: Id,
    body: z
      .strictObject({
        type: EventType.default('webhook.ping'),
      })
      .default({ type: 'webhook.ping' }),
  }),
  /** The status of the receiver's answer, or what went wrong without one. */
  output: z.object({
    status: z.number().int().nullable(),
    ms: z.number().int(),
    error: z.string().nullable(),
  }),
  errors: ['resource.not_found', 'webhook.invalid_transition', 'webhook.url_refused'],
});

export const replayWebhook = request('rpc.notifications.replay-webhook.v1', {
  input: z.strictObject({
    id: Id,
    body: z.strictObject({ from: Instant, to: Instant.optional() }),
  }),
  output: z.object({ messages: z.number().int() }),
  errors: ['resource.not_found', 'webhook.not_active', 'events.cursor_too_old'],
});

// ── Deliveries ──────────────────────────────────────────────────────────────────────────────────

export const deliveryStates = ['waiting', 'delivered', 'failed', 'expired', 'skipped'] as const;
export const deliverySorts = ['createdAt', '-createdAt'] as const;

export const WebhookDelivery = z.object({
  id: z.string(),
  messageId: z.string(),
  type: z.string(),
  state: z.enum(deliveryStates),
  attempts: z.number().int(),
  nextAt: z.string().nullable(),
  /** The status of the last answer; null where there was none. */
  status: z.number().int().nullable(),
  /** When it was last attempted, else when it was made. */
  at: z.string(),
});

export const listDeliveries = request('rpc.notifications.list-deliveries.v1', {
  input: z.strictObject({
    id: Id,
    state: statesOf(deliveryStates).optional(),
    /** Oldest first, or with `-createdAt` newest first. */
    sort: z.enum(deliverySorts).default('createdAt'),
    ...Page.shape,
  }),
  output: pageOf(WebhookDelivery),
  errors: ['resource.not_found'],
});

export const redeliver = request('rpc.notifications.redeliver.v1', {
  input: z.strictObject({ id: Id, deliveryId: Id }),
  output: WebhookDelivery,
  errors: ['resource.not_found', 'webhook.not_active'],
});
