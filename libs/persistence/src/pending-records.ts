import {
  formatInstant,
  serviceOf,
  type Call,
  type DataOf,
  type EventContract,
  type EventEnvelope,
} from '#contracts';
import { currentTraceparent } from '#tracing';
import { idempotencyHours } from './idempotency.js';
import { newId } from './ids.js';
import type { Sql } from './sql/pipelined-transaction.js';
import { jsonArray, plainArray, textArray } from './sql/sql-array.js';

/** One line of the audit: what a caller changed. `before` and `after` hold ids, states and counts; no personal data. */
export interface AuditEntry {
  resourceType:
    | 'organization'
    | 'api_key'
    | 'company'
    | 'member'
    | 'sign_in'
    | 'door_pass'
    | 'tour'
    | 'stop'
    | 'registration'
    | 'session'
    | 'webhook'
    | 'announcement'
    | 'listing'
    | 'interest'
    | 'meeting'
    | 'plan'
    | 'follow-up'
    | 'ledger';
  resourceId: string;
  /** `<resource>.<verb>`, such as `stop.publish`. */
  action: string;
  /** Whose organizers may read the line. */
  organizationId: string | null;
  before: object | null;
  after: object | null;
}

/** A successful answer, kept so that a repetition of its request gets it again. */
interface StoredResponse {
  call: Call;
  answer: unknown;
  resourceId: string | null;
}

/**
 * What a transaction records beside its own rows: events for the outbox, lines for the audit, answers for
 * repeated requests. `flush` writes each kind with one statement, however many there are.
 */
export class PendingRecords {
  private readonly events: { id: string; subject: string; aggregateId: string; payload: string }[] = [];
  private readonly audits: { call: Call; entry: AuditEntry }[] = [];
  private readonly answers: StoredResponse[] = [];
  private readonly now = new Date();

  /** Publishes an aggregate's new state, once the transaction has committed. */
  emit<C extends EventContract>(
    contract: C,
    aggregateId: string,
    data: DataOf<C>,
    call?: Call,
    more: Pick<EventEnvelope, 'replayed'> = {},
  ): void {
    const traceparent = currentTraceparent() ?? call?.traceparent;
    const envelope: EventEnvelope = {
      specversion: '1.0',
      id: newId(),
      source: `/waystop/${serviceOf(contract)}`,
      type: contract.subject,
      subject: aggregateId,
      time: formatInstant(this.now),
      datacontenttype: 'application/json',
      ...(traceparent === undefined ? {} : { traceparent }),
      ...more,
      data,
    };
    this.events.push({
      id: envelope.id,
      subject: contract.subject,
      aggregateId,
      payload: JSON.stringify(envelope),
    });
  }

  audit(call: Call, entry: AuditEntry): void {
    this.audits.push({ call, entry });
  }

  /** Keeps an answer under the call's idempotency key; without a key there is nothing to keep. */
  storeResponse(call: Call, answer: unknown, resourceId: string | null): void {
    if (call.idempotency !== undefined) this.answers.push({ call, answer, resourceId });
  }

  get hasEvents(): boolean {
    return this.events.length > 0;
  }

  /** Writes everything. A failure of the last one may be `isKeyTaken`. */
  async flush(manager: Sql): Promise<void> {
    for (const { text, values } of this.statements()) await manager.query(text, values);
  }

  /** What `flush` writes, for those who send it themselves. */
  statements(): Statement[] {
    return [...this.insertEvents(), ...this.insertAudits(), ...this.insertAnswers()];
  }

  private insertEvents(): Statement[] {
    if (this.events.length === 0) return [];
    const text = `WITH events AS (
         INSERT INTO outbox (id, subject, aggregate_id, payload)
         SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[]))
       INSERT INTO outbox_queue SELECT * FROM unnest($1::uuid[])`;
    return [
      {
        text,
        values: [
          plainArray(this.events.map((event) => event.id)),
          textArray(this.events.map((event) => event.subject)),
          textArray(this.events.map((event) => event.aggregateId)),
          jsonArray(this.events.map((event) => event.payload)),
        ],
      },
    ];
  }

  private insertAudits(): Statement[] {
    if (this.audits.length === 0) return [];
    const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
    const text = `INSERT INTO audit (id, at, actor_role, actor_key_id, organization_id, resource_type, resource_id,
                          action, before, after, request_id, actor_user_id)
       SELECT id, $2, role, key, organization, type, resource, action, before, after, request, person
         FROM unnest($1::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::uuid[],
                     $8::text[], $9::jsonb[], $10::jsonb[], $11::text[], $12::uuid[])
           AS line (id, role, key, organization, type, resource, action, before, after, request, person)`;
    return [
      {
        text,
        values: [
          plainArray(this.audits.map(() => newId())),
          this.now,
          textArray(this.audits.map(({ call }) => call.caller.role)),
          textArray(this.audits.map(({ call }) => call.caller.keyId)),
          plainArray(this.audits.map(({ entry }) => entry.organizationId)),
          textArray(this.audits.map(({ entry }) => entry.resourceType)),
          plainArray(this.audits.map(({ entry }) => entry.resourceId)),
          textArray(this.audits.map(({ entry }) => entry.action)),
          jsonArray(this.audits.map(({ entry }) => json(entry.before))),
          jsonArray(this.audits.map(({ entry }) => json(entry.after))),
          textArray(this.audits.map(({ call }) => call.requestId)),
          plainArray(this.audits.map(({ call }) => call.caller.userId ?? null)),
        ],
      },
    ];
  }

  private insertAnswers(): Statement[] {
    if (this.answers.length === 0) return [];
    const text = `INSERT INTO idempotency (scope, key, request_hash, answer, resource_id)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
       ON CONFLICT (scope, key) DO UPDATE
         SET request_hash = CASE WHEN idempotency.created_at <= now() - interval '${idempotencyHours} hours'
                                 THEN excluded.request_hash END,
             answer = excluded.answer, resource_id = excluded.resource_id, created_at = now()`;
    return [
      {
        text,
        values: [
          textArray(this.answers.map(({ call }) => call.idempotency?.scope ?? null)),
          textArray(this.answers.map(({ call }) => call.idempotency?.key ?? null)),
          textArray(this.answers.map(({ call }) => call.idempotency?.requestHash ?? null)),
          jsonArray(this.answers.map(({ answer }) => JSON.stringify(answer))),
          textArray(this.answers.map(({ resourceId }) => resourceId)),
        ],
      },
    ];
  }
}

/**
 * Whether another transaction took the key first. The insert above then leaves the request's hash empty, which the
 * column forbids: this one goes back, and its repetition finds the other's answer.
 */
export function isKeyTaken(error: unknown): boolean {
  const driver = (error as { driverError?: { code?: unknown; table?: unknown } } | null)?.driverError;
  return driver?.code === '23502' && driver.table === 'idempotency';
}

interface Statement {
  readonly text: string;
  readonly values: unknown[];
}
