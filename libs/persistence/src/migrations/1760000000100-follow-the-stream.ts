import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the outbox knows of the stream it fills, and how dead letters come back. */
export class FollowTheStream1760000000100 implements MigrationInterface {
  name = 'FollowTheStream1760000000100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Where the stream put the event, by which it is found there again.
      ALTER TABLE outbox ADD COLUMN stream_seq bigint;
      CREATE INDEX outbox_stream_seq ON outbox (stream_seq) WHERE stream_seq IS NOT NULL;

      -- The one stream as this database knows it. Rows that were published before republish_before have to go out
      -- again, since the stream that took them is gone or has lost its end.
      CREATE TABLE stream_seen (
        only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
        created text NOT NULL,
        republish_before timestamptz
      );

      ALTER TABLE dead_letters ADD COLUMN replay_requested_at timestamptz;
      CREATE UNIQUE INDEX dead_letters_event ON dead_letters (consumer, event_id);
      CREATE INDEX dead_letters_requested ON dead_letters (replay_requested_at)
        WHERE replay_requested_at IS NOT NULL;
    `);
  }

  async down(): Promise<void> {
    await Promise.reject(
      new Error('Going back means restoring a backup: see docs/operations.md, "Upgrades".'),
    );
  }
}
