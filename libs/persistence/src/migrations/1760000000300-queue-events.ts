import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Events that wait for the stream stand in a table of their own, so that an event's row is written once and never again:
 * to mark it published took a second copy of it and an entry more in each of its indexes.
 */
export class QueueEvents1760000000300 implements MigrationInterface {
  name = 'QueueEvents1760000000300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE outbox_queue (event_id uuid PRIMARY KEY);
      INSERT INTO outbox_queue SELECT id FROM outbox WHERE published_at IS NULL;
      -- Rows come in the order of their time, so a few bytes for each stretch of the table find those of a time.
      DROP INDEX outbox_waiting, outbox_published, outbox_stream_seq;
      CREATE INDEX outbox_published ON outbox USING brin (published_at) WITH (pages_per_range = 16);

      -- The last event that the stream acknowledged, and where it lies there.
      ALTER TABLE stream_seen ADD COLUMN last_id uuid, ADD COLUMN last_seq bigint, ADD COLUMN last_at timestamptz;
      UPDATE stream_seen SET (last_id, last_seq, last_at) =
        (SELECT id, stream_seq, published_at FROM outbox
          WHERE stream_seq IS NOT NULL AND published_at >= coalesce(stream_seen.republish_before, '-infinity')
          ORDER BY stream_seq DESC LIMIT 1);

      -- For the version before, which knows no queue and runs beside this one during an upgrade: what it leaves without
      -- published_at is queued as well. It goes with the column stream_seq, in a later version.
      -- As the owner, since the running service gets its right to the queue only after the migrations.
      CREATE FUNCTION queue_event() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER SET search_path = public, pg_temp AS $$
        BEGIN
          INSERT INTO outbox_queue VALUES (NEW.id) ON CONFLICT DO NOTHING;
          RETURN NULL;
        END $$;
      CREATE TRIGGER queue_event AFTER INSERT OR UPDATE OF published_at ON outbox
        FOR EACH ROW WHEN (NEW.published_at IS NULL) EXECUTE FUNCTION queue_event();
    `);
  }

  async down(): Promise<void> {
    await Promise.reject(
      new Error('Going back means restoring a backup: see docs/operations.md, "Upgrades".'),
    );
  }
}
