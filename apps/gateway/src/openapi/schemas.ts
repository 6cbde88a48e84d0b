import { z } from 'zod';
import * as contracts from '#contracts';
import { exampleResources } from './example-resources.js';
import type { Operation } from '../operations/operation.js';

export type JsonSchema = Record<string, unknown>;

/** Resources that have a name of their own in the document; answers refer to them. */
export const named = {
  Organization: contracts.Organization,
  ApiKey: contracts.ApiKey,
  NewApiKey: contracts.NewApiKey,
  Me: contracts.Me,
  SignIn: contracts.SignIn,
  Member: contracts.Member,
  DoorPass: contracts.DoorPass,
  Company: contracts.Company,
  Tour: contracts.Tour,
  Stop: contracts.Stop,
  Room: contracts.Room,
  Registration: contracts.Registration,
  Delegate: contracts.Delegate,
  Session: contracts.Session,
  Speaker: contracts.Speaker,
  Review: contracts.Review,
  Timetable: contracts.Timetable,
  TimetableSession: contracts.TimetableSession,
  TimetableChanges: contracts.TimetableChanges,
  TimetableRelease: contracts.TimetableRelease,
  Vocabulary: contracts.Vocabulary,
  Listing: contracts.Listing,
  Interest: contracts.Interest,
  Suggestion: contracts.Suggestion,
  MeetingRules: contracts.MeetingRules,
  MeetingAttendance: contracts.MeetingAttendance,
  Meeting: contracts.Meeting,
  MeetingOutcome: contracts.MeetingOutcome,
  FollowUp: contracts.FollowUp,
  MembershipBatch: contracts.MembershipBatch,
  BatchMember: contracts.BatchMember,
  Case: contracts.Case,
  CaseReview: contracts.CaseReview,
  Paper: contracts.Paper,
  Certificate: contracts.Certificate,
  Verification: contracts.Verification,
  StopResults: contracts.StopResults,
  TourStatistics: contracts.TourStatistics,
  MeetingPlan: contracts.MeetingPlan,
  Event: contracts.PublicEvent,
  EventType: contracts.EventTypeDescription,
  Webhook: contracts.Webhook,
  NewWebhook: contracts.WebhookWithSecret,
  WebhookDelivery: contracts.WebhookDelivery,
  Bot: contracts.Bot,
};

export interface Schemas {
  /** `components.schemas` of the document. */
  components: Record<string, JsonSchema>;
  /** The schema of an operation's JSON answer, as a reference. */
  answerOf: (operation: Operation) => JsonSchema;
}

/** Writes down what every operation answers, each resource once. */
export function answerSchemas(operations: readonly Operation[]): Schemas {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  for (const { id, signature, format, status } of operations) {
    const isJson = format === undefined && status !== 204;
    if (isJson && !registry.has(signature.output))
      registry.add(signature.output, { id: `${capital(id)}Answer` });
  }
  const { schemas } = z.toJSONSchema(registry, { io: 'output', uri: refOf, unrepresentable: 'any' });
  const components = Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => [id, { ...bare(schema), ...exampleOf(id) }]),
  );
  return {
    components,
    answerOf: ({ signature }) => ({ $ref: refOf(registry.get(signature.output)?.id ?? '') }),
  };
}

/** What an operation takes: path and query parameters at the top level, the body under `body`. */
export function inputSchema(operation: Operation): {
  properties: Record<string, JsonSchema>;
  required: string[];
} {
  const schema = z.toJSONSchema(operation.signature.input, {
    io: 'input',
    unrepresentable: 'any',
  });
  return {
    properties: (schema.properties ?? {}) as Record<string, JsonSchema>,
    required: schema.required ?? [],
  };
}

const refOf = (id: string): string => `#/components/schemas/${id}`;
const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

function exampleOf(id: string): JsonSchema {
  return id in exampleResources ? { examples: [exampleResources[id]] } : {};
}

function bare(schema: object): JsonSchema {
  const { $id: _id, $schema: _dialect, ...rest } = schema as JsonSchema;
  return rest;
}
