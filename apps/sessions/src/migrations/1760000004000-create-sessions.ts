import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateSessions1760000004000 implements MigrationInterface {
  name = 'CreateSessions1760000004000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(projections);
    await runner.query(sessions);
    await runner.query(releases);
    await runner.query(importedEntries);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}

const projections = `
  -- What this service knows of the stops, replaced by newer versions only.
  CREATE TABLE stops (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    state jsonb NOT NULL,
    version integer NOT NULL,
    -- How many of the stop's moves its sessions have followed.
    moves_applied integer NOT NULL,
    last_release integer NOT NULL DEFAULT 0,
    -- When the cancelling arrived here: the calendar's entries changed then.
    cancelled_at timestamptz
  );
  CREATE INDEX stops_organization ON stops (organization_id);

  CREATE TABLE companies (
    id uuid PRIMARY KEY,
    name jsonb NOT NULL,
    standings jsonb NOT NULL,
    version integer NOT NULL
  );
`;

const sessions = `
  CREATE EXTENSION IF NOT EXISTS btree_gist;

  CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    stop_id uuid NOT NULL REFERENCES stops,
    organization_id uuid NOT NULL,
    company_id uuid,
    title jsonb NOT NULL,
    abstract jsonb,
    track text,
    kind text NOT NULL CHECK (kind IN ('sharing', 'keynote', 'panel', 'award', 'workshop')),
    duration_minutes integer NOT NULL CHECK (duration_minutes BETWEEN 5 AND 1440),
    speakers jsonb NOT NULL,
    language text CHECK (language IN ('zh', 'en')),
    status text NOT NULL
      CHECK (status IN ('proposed', 'accepted', 'rejected', 'scheduled', 'withdrawn', 'cancelled')),
    room_id uuid,
    starts_at timestamptz,
    ends_at timestamptz,
    reason text,
    created_at timestamptz NOT NULL,
    version integer NOT NULL,
    -- The versions of its stop that took the session its place: those after the one known before, up to the one applied.
    unscheduled_by int4range,
    CONSTRAINT sessions_place_goes_with_status
      CHECK (num_nonnulls(room_id, starts_at, ends_at) = CASE WHEN status = 'scheduled' THEN 3 ELSE 0 END),
    CONSTRAINT sessions_length
      CHECK (starts_at IS NULL OR extract(epoch FROM ends_at - starts_at) = duration_minutes * 60),
    -- A room has one session at a time; one that begins when another ends does not touch it.
    CONSTRAINT sessions_room_taken EXCLUDE USING gist
      (stop_id WITH =, room_id WITH =, tstzrange(starts_at, ends_at) WITH &&) WHERE (status = 'scheduled')
  );
  CREATE INDEX sessions_stop ON sessions (stop_id, id);

  -- When and where each speaker of a scheduled session is, across all stops of the organization: 'talk' is the time
  -- on stage, 'travel' the same widened by the travel time of its tour.
  CREATE TABLE speaker_bookings (
    session_id uuid NOT NULL REFERENCES sessions,
    speaker_key text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('talk', 'travel')),
    organization_id uuid NOT NULL,
    place text NOT NULL,
    during tstzrange NOT NULL,
    PRIMARY KEY (session_id, speaker_key, kind),
    CONSTRAINT speaker_bookings_one_place EXCLUDE USING gist
      (organization_id WITH =, speaker_key WITH =, during WITH &&) WHERE (kind = 'talk'),
    -- The gap between two places is too short for one tour's travel time or for the other's.
    CONSTRAINT speaker_bookings_travel_time EXCLUDE USING gist
      (organization_id WITH =, speaker_key WITH =, place WITH <>, kind WITH <>, during WITH &&)
  );

  CREATE TABLE reviews (
    id uuid PRIMARY KEY,
    session_id uuid NOT NULL REFERENCES sessions,
    key_id text NOT NULL,
    score integer NOT NULL CHECK (score BETWEEN 1 AND 5),
    comment text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    CONSTRAINT reviews_one_per_key UNIQUE (session_id, key_id)
  );
`;

const releases = `
  CREATE TABLE timetable_releases (
    stop_id uuid NOT NULL REFERENCES stops,
    version integer NOT NULL CHECK (version >= 1),
    published_at timestamptz NOT NULL,
    note text,
    changes jsonb NOT NULL,
    stop jsonb NOT NULL,
    rooms jsonb NOT NULL,
    sessions jsonb NOT NULL,
    -- What calendars that follow the timetable remember after this release.
    followed jsonb NOT NULL,
    PRIMARY KEY (stop_id, version)
  );

  CREATE FUNCTION refuse_changed_release() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'A released timetable never changes.' USING ERRCODE = 'restrict_violation';
    END
  $$;
  CREATE TRIGGER timetable_releases_never_change BEFORE UPDATE OR DELETE ON timetable_releases
    FOR EACH ROW EXECUTE FUNCTION refuse_changed_release();
`;

const importedEntries = `
  -- Which entry of a schedule file a session came from, and what the file said of it besides. Beside the sessions
  -- and never changed, so that changes of a session carry none of it.
  CREATE TABLE imported_entries (
    session_id uuid PRIMARY KEY REFERENCES sessions,
    stop_id uuid NOT NULL REFERENCES stops,
    source_id text NOT NULL,
    details jsonb NOT NULL,
    CONSTRAINT imported_entries_once UNIQUE (stop_id, source_id)
  );
`;
