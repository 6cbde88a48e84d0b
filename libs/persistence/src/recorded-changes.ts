import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import {
  formatInstant,
  serviceOf,
  type Call,
  type DataOf,
  type EventContract,
  type EventEnvelope,
} from '#contracts';
import { idempotencyHours } from './idempotency.js';

/** One line of the audit: what a caller changed. `before` and `after` hold ids, states and counts; no personal data. */
export interface AuditEntry {
  resourceType: 'organization' | 'api_key' | 'company' | 'tour' | 'stop' | 'registration' | 'session';
  resourceId: string;
  /** `<resource>.<verb>`, such as `stop.publish`. */
  action: string;
  /** Whose organizers may read the line. */
  organizationId: string | null;
  before: object | null;
  after: object | null;
}

/** A successful answer, kept so that a repetition of its request gets it again. */
interface KeptAnswer {
  call: Call;
  answer: unknown;
  resourceId: string | null;
}

/**
 * What a transaction records beside its own rows: events for the outbox, lines for the audit, answers for
 * repeated requests. `flush` writes each kind with one statement, however many there are.
 */
export class RecordedChanges {
  private readonly events: { id: string; subject: string; aggregateId: string; payload: string }[] = [];
  private readonly audits: { call: Call; entry: AuditEntry }[] = [];
  private readonly answers: KeptAnswer[] = [];
  private readonly now = new Date();

  /** Tells the neighbours an aggregate's new state, once the transaction has committed. */
  emit<C extends EventContract>(contract: C, aggregateId: string, data: DataOf<C>, call?: Call): void {
    const envelope: EventEnvelope = {
      specversion: '1.0',
      id: uuidv7(),
      source: `/waystop/${serviceOf(contract)}`,
      type: contract.subject,
      subject: aggregateId,
      time: formatInstant(this.now),
      datacontenttype: 'application/json',
      ...(call?.traceparent === undefined ? {} : { traceparent: call.traceparent }),
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
  keepAnswer(call: Call, answer: unknown, resourceId: string | null): void {
    if (call.idempotency !== undefined) this.answers.push({ call, answer, resourceId });
  }

  get hasEvents(): boolean {
    return this.events.length > 0;
  }

  /**
   * Writes everything.
   * @throws IdempotencyKeyTaken when a kept answer's key was taken meanwhile by another request
   */
  async flush(manager: EntityManager): Promise<void> {
    await this.insertEvents(manager);
    await this.insertAudits(manager);
    await this.insertAnswers(manager);
  }

  private async insertEvents(manager: EntityManager): Promise<void> {
    if (this.events.length === 0) return;
    await manager.query(
      `INSERT INTO outbox (id, subject, aggregate_id, payload)
       SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[])`,
      [
        this.events.map((event) => event.id),
        this.events.map((event) => event.subject),
        this.events.map((event) => event.aggregateId),
        this.events.map((event) => event.payload),
      ],
    );
  }

  private async insertAudits(manager: EntityManager): Promise<void> {
    if (this.audits.length === 0) return;
    const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
    await manager.query(
      `INSERT INTO audit (id, at, actor_role, actor_key_id, organization_id, resource_type, resource_id,
                          action, before, after, request_id)
       SELECT id, $2, role, key, organization, type, resource, action, before, after, request
         FROM unnest($1::uuid[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::uuid[],
                     $8::text[], $9::jsonb[], $10::jsonb[], $11::text[])
           AS line (id, role, key, organization, type, resource, action, before, after, request)`,
      [
        this.audits.map(() => uuidv7()),
        this.now,
        this.audits.map(({ call }) => call.caller.role),
        this.audits.map(({ call }) => call.caller.keyId),
        this.audits.map(({ entry }) => entry.organizationId),
        this.audits.map(({ entry }) => entry.resourceType),
        this.audits.map(({ entry }) => entry.resourceId),
        this.audits.map(({ entry }) => entry.action),
        this.audits.map(({ entry }) => json(entry.before)),
        this.audits.map(({ entry }) => json(entry.after)),
        this.audits.map(({ call }) => call.requestId),
      ],
    );
  }

  private async insertAnswers(manager: EntityManager): Promise<void> {
    if (this.answers.length === 0) return;
    const rows = (await manager.query(
      `INSERT INTO idempotency (scope, key, request_hash, answer, resource_id)
       SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[])
       ON CONFLICT (scope, key) DO UPDATE
         SET request_hash = excluded.request_hash, answer = excluded.answer,
             resource_id = excluded.resource_id, created_at = now()
         WHERE idempotency.created_at <= now() - interval '${idempotencyHours} hours'
       RETURNING 1`,
      [
        this.answers.map(({ call }) => call.idempotency?.scope),
        this.answers.map(({ call }) => call.idempotency?.key),
        this.answers.map(({ call }) => call.idempotency?.requestHash),
        this.answers.map(({ answer }) => JSON.stringify(answer)),
        this.answers.map(({ resourceId }) => resourceId),
      ],
    )) as unknown[];
    if (rows.length < this.answers.length) throw new IdempotencyKeyTaken();
  }
}

/** Another transaction took the key first: this one goes back, and its repetition finds the other's answer. */
export class IdempotencyKeyTaken extends Error {}
