import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateStops1760000002000 implements MigrationInterface {
  name = 'CreateStops1760000002000';

  async up(runner: QueryRunner): Promise<void> {
    // Texts are json, not jsonb: they come back with their members in the order in which they were written,
    // so the answer to a change and a later read of it are the same bytes and have the same ETag.
    await runner.query(`
      CREATE EXTENSION IF NOT EXISTS btree_gist;

      CREATE TABLE tours (
        id uuid PRIMARY KEY,
        organization_id uuid NOT NULL,
        name json NOT NULL,
        description json,
        partners json NOT NULL,
        overlapping_stops boolean NOT NULL,
        speaker_travel_minutes integer NOT NULL CHECK (speaker_travel_minutes >= 0),
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        version integer NOT NULL,
        UNIQUE (id, overlapping_stops)
      );
      CREATE INDEX tours_of_organization ON tours (organization_id, id);

      -- Each stop carries its tour's word on overlaps: the foreign key keeps the copy right, and the exclusion
      -- constraint needs it. So a tour that forbids overlaps while some stops overlap is refused as well.
      CREATE TABLE stops (
        id uuid PRIMARY KEY,
        tour_id uuid NOT NULL,
        overlap_allowed boolean NOT NULL,
        organization_id uuid NOT NULL,
        name json NOT NULL,
        city json NOT NULL,
        venue json NOT NULL,
        time_zone text NOT NULL,
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        capacity integer NOT NULL CHECK (capacity >= 1),
        max_delegates_per_company integer NOT NULL CHECK (max_delegates_per_company >= 1),
        registration json NOT NULL,
        rooms json NOT NULL,
        partners json NOT NULL,
        status text NOT NULL CHECK (status IN ('draft', 'published', 'completed', 'cancelled')),
        published boolean NOT NULL,
        moves json NOT NULL,
        cancel_reason text,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        version integer NOT NULL,
        CHECK (starts_at < ends_at),
        CHECK (published OR status IN ('draft', 'cancelled')),
        CHECK (NOT published OR status <> 'draft'),
        FOREIGN KEY (tour_id, overlap_allowed) REFERENCES tours (id, overlapping_stops) ON UPDATE CASCADE,
        CONSTRAINT stops_of_tour_overlap EXCLUDE USING gist
          (tour_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
          WHERE (NOT overlap_allowed AND status <> 'cancelled')
      );
      CREATE INDEX stops_in_order ON stops (tour_id, starts_at, id);
    `);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}
