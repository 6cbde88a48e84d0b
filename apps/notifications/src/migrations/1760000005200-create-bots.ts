import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateBots1760000005200 implements MigrationInterface {
  name = 'CreateBots1760000005200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Robots of chat groups. Each is a lane over the log: it has a place there instead of a row for each delivery.
      CREATE TABLE bots (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL,
        kind text NOT NULL CHECK (kind IN ('wecom', 'dingtalk', 'feishu')),
        -- URL and secret, encrypted: their holder can write to the group.
        sealed text NOT NULL,
        masked_url text NOT NULL,
        types text[] NOT NULL,
        stop_ids uuid[],
        language text NOT NULL CHECK (language IN ('zh', 'en')),
        state text NOT NULL CHECK (state IN ('active', 'disabled')),
        created_at timestamptz NOT NULL,
        version integer NOT NULL,
        seq bigint NOT NULL,
        failures integer NOT NULL DEFAULT 0,
        last_failure_at timestamptz,
        last_success_at timestamptz NOT NULL,
        next_at timestamptz NOT NULL,
        budget_at timestamptz NOT NULL,
        lease_id uuid,
        lease_until timestamptz
      );
      CREATE INDEX bots_organization ON bots (organization_id, id);
      CREATE INDEX bots_due ON bots (next_at) WHERE state = 'active';
    `);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}
