import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables that every service's writes need beside their own rows. */
export class CreateWriteTables1760000000000 implements MigrationInterface {
  name = 'CreateWriteTables1760000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(outbox);
    await runner.query(inboxAndIdempotency);
    await runner.query(auditAndDeadLetters);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup: see docs/adr on migrations.'));
  }
}

const outbox = `
  -- Every event, written once with the change that it reports. As a rule it is published right after the commit, so its
  -- time of publication is that of the insert; the outbox worker corrects late ones.
  CREATE TABLE outbox (
    id uuid PRIMARY KEY,
    subject text NOT NULL,
    aggregate_id text NOT NULL,
    payload text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    published_at timestamptz NOT NULL DEFAULT now()
  );
  -- Rows come in the order of their time, so a few bytes for each range of pages find those of a time.
  CREATE INDEX outbox_published ON outbox USING brin (published_at) WITH (pages_per_range = 16);

  -- The events that the stream has not acknowledged. In a table of their own, so that an event's row is never written
  -- again: marking it as published took a second copy of it and one more entry in each of its indexes.
  CREATE TABLE outbox_queue (event_id uuid PRIMARY KEY);

  -- The one stream as this database knows it, and the last event that it acknowledged. Events that were published before
  -- republish_before have to be published again, since the stream that took them is gone or has lost its end.
  CREATE TABLE stream_seen (
    only_one boolean PRIMARY KEY DEFAULT true CONSTRAINT stream_seen_only_one CHECK (only_one),
    created text NOT NULL,
    republish_before timestamptz,
    last_id uuid,
    last_seq bigint,
    last_at timestamptz
  );
`;

const inboxAndIdempotency = `
  CREATE TABLE inbox (
    consumer text NOT NULL,
    event_id uuid NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (consumer, event_id)
  );
  CREATE INDEX inbox_received ON inbox (received_at);

  CREATE TABLE idempotency (
    scope text NOT NULL,
    key text NOT NULL,
    request_hash text NOT NULL,
    answer text,
    resource_id text,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (scope, key)
  );
  CREATE INDEX idempotency_created ON idempotency (created_at);
  CREATE INDEX idempotency_resource ON idempotency (resource_id);
`;

const auditAndDeadLetters = `
  CREATE TABLE audit (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    actor_role text NOT NULL,
    actor_key_id text,
    organization_id uuid,
    resource_type text NOT NULL,
    resource_id uuid NOT NULL,
    action text NOT NULL,
    before jsonb,
    after jsonb,
    request_id text NOT NULL
  );
  CREATE INDEX audit_resource ON audit (resource_type, resource_id, id);
  CREATE INDEX audit_organization ON audit (organization_id, id);

  CREATE TABLE dead_letters (
    id uuid PRIMARY KEY,
    consumer text NOT NULL,
    subject text NOT NULL,
    event_id text,
    payload text NOT NULL,
    reason text NOT NULL,
    deliveries integer NOT NULL,
    buried_at timestamptz NOT NULL DEFAULT now(),
    replay_requested_at timestamptz
  );
  CREATE UNIQUE INDEX dead_letters_event ON dead_letters (consumer, event_id);
  CREATE INDEX dead_letters_requested ON dead_letters (replay_requested_at) WHERE replay_requested_at IS NOT NULL;
`;
