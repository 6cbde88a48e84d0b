import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every service's writes need beside their own rows: outbox, inbox, idempotency, audit, dead letters. */
export class CreateWriteTables1760000000000 implements MigrationInterface {
  name = 'CreateWriteTables1760000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox (
        id uuid PRIMARY KEY,
        subject text NOT NULL,
        aggregate_id text NOT NULL,
        payload text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        published_at timestamptz
      );
      CREATE INDEX outbox_waiting ON outbox (id) WHERE published_at IS NULL;
      CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL;

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

      CREATE TABLE dead_letters (
        id uuid PRIMARY KEY,
        consumer text NOT NULL,
        subject text NOT NULL,
        event_id text,
        payload text NOT NULL,
        reason text NOT NULL,
        deliveries integer NOT NULL,
        buried_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(): Promise<void> {
    await Promise.reject(
      new Error('Going back means restoring a backup: see docs/operations.md, "Upgrades".'),
    );
  }
}
