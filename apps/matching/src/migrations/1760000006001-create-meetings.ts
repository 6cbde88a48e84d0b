import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMeetings1760000006001 implements MigrationInterface {
  name = 'CreateMeetings1760000006001';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(rules);
    await runner.query(meetings);
    await runner.query(bookings);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}

const rules = `
  CREATE EXTENSION IF NOT EXISTS btree_gist;

  CREATE TABLE meeting_rules (
    stop_id uuid PRIMARY KEY REFERENCES stops,
    scheduling text NOT NULL CHECK (scheduling IN ('organizer', 'participants')),
    slots jsonb NOT NULL,
    tables integer NOT NULL CHECK (tables BETWEEN 1 AND 500),
    request_quota integer NOT NULL,
    expires_hours integer NOT NULL,
    opens_at timestamptz NOT NULL,
    closes_at timestamptz NOT NULL,
    version integer NOT NULL,
    CONSTRAINT meeting_rules_window CHECK (opens_at < closes_at)
  );
  CREATE TABLE meeting_slots (
    stop_id uuid NOT NULL REFERENCES meeting_rules,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL CHECK (ends_at > starts_at),
    PRIMARY KEY (stop_id, starts_at)
  );
  CREATE TABLE meeting_tables (
    stop_id uuid NOT NULL REFERENCES meeting_rules,
    table_no integer NOT NULL,
    PRIMARY KEY (stop_id, table_no)
  );

  -- Who comes for a company; one without a row comes with its whole delegation, always.
  CREATE TABLE meeting_attendances (
    stop_id uuid NOT NULL,
    company_id uuid NOT NULL,
    delegate_ids uuid[] NOT NULL,
    unavailable jsonb NOT NULL,
    max_meetings integer,
    version integer NOT NULL,
    PRIMARY KEY (stop_id, company_id)
  );
`;

const meetings = `
  CREATE TABLE meetings (
    id uuid PRIMARY KEY,
    stop_id uuid NOT NULL REFERENCES stops,
    tour_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    asker_id uuid NOT NULL,
    asked_id uuid NOT NULL,
    listing_id uuid,
    message text,
    status text NOT NULL CHECK (status IN ('requested', 'accepted', 'scheduled', 'held', 'missed', 'declined',
                                           'withdrawn', 'expired', 'cancelled', 'unplaced')),
    reason text,
    missed text CHECK (missed IN ('asker', 'asked', 'both')),
    starts_at timestamptz,
    ends_at timestamptz,
    table_no integer,
    concealed boolean NOT NULL,
    asker_delegate_id uuid,
    asked_delegate_id uuid,
    asker_came boolean NOT NULL DEFAULT false,
    asked_came boolean NOT NULL DEFAULT false,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    version integer NOT NULL,
    CONSTRAINT meetings_of_two CHECK (asker_id <> asked_id),
    CONSTRAINT meetings_place_goes_with_status CHECK (num_nonnulls(starts_at, ends_at, table_no) =
      CASE WHEN status IN ('scheduled', 'held', 'missed') THEN 3 ELSE 0 END),
    CONSTRAINT meetings_missed_goes_with_status CHECK ((status = 'missed') = (missed IS NOT NULL)),
    CONSTRAINT meetings_slot FOREIGN KEY (stop_id, starts_at) REFERENCES meeting_slots (stop_id, starts_at),
    CONSTRAINT meetings_table FOREIGN KEY (stop_id, table_no) REFERENCES meeting_tables (stop_id, table_no),
    -- A table has one meeting at a time; one that begins when another ends does not touch it.
    CONSTRAINT meetings_table_taken EXCLUDE USING gist
      (stop_id WITH =, table_no WITH =, tstzrange(starts_at, ends_at) WITH &&)
      WHERE (status IN ('scheduled', 'held', 'missed'))
  );
  -- One live request of a pair at a stop, by either side.
  CREATE UNIQUE INDEX meetings_one_live ON meetings (stop_id, least(asker_id, asked_id), greatest(asker_id, asked_id))
    WHERE status IN ('requested', 'accepted', 'scheduled');
  CREATE INDEX meetings_stop ON meetings (stop_id, id);
  CREATE INDEX meetings_asker ON meetings (asker_id, id);
  CREATE INDEX meetings_asked ON meetings (asked_id, id);
  CREATE INDEX meetings_open ON meetings (expires_at) WHERE status IN ('requested', 'accepted');

  -- Open requests of a company at a stop: one row, so that the quota holds however many come at once.
  CREATE TABLE request_counts (
    stop_id uuid NOT NULL,
    company_id uuid NOT NULL,
    open integer NOT NULL,
    quota integer NOT NULL,
    PRIMARY KEY (stop_id, company_id),
    CONSTRAINT request_counts_quota CHECK (open BETWEEN 0 AND quota)
  );
  -- Placed meetings of a company at a stop, and how many it wants at most.
  CREATE TABLE meeting_counts (
    stop_id uuid NOT NULL,
    company_id uuid NOT NULL,
    placed integer NOT NULL,
    wish integer,
    PRIMARY KEY (stop_id, company_id),
    CONSTRAINT meeting_counts_wish CHECK (placed >= 0 AND placed <= wish)
  );

  -- Each side's yes to being known to the other: by whom, to which text, when. Erased with the delegate.
  CREATE TABLE consents (
    meeting_id uuid NOT NULL REFERENCES meetings,
    company_id uuid NOT NULL,
    delegate_id uuid NOT NULL,
    -- Another one once a substitute has taken the delegate's place; says nothing of the person.
    person_key text NOT NULL,
    text_version text NOT NULL,
    given_at timestamptz NOT NULL,
    PRIMARY KEY (meeting_id, company_id)
  );
`;

const bookings = `
  -- When people are taken: by a meeting here, or by what other services say ('elsewhere': a session that they signed
  -- up for). Nobody is in two meetings at once, nor in a meeting and elsewhere.
  CREATE TABLE bookings (
    id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    person_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('meeting', 'elsewhere')),
    meeting_id uuid REFERENCES meetings,
    session_id uuid,
    during tstzrange NOT NULL,
    CONSTRAINT bookings_of_one CHECK (CASE kind WHEN 'meeting' THEN meeting_id IS NOT NULL AND session_id IS NULL
                                               ELSE session_id IS NOT NULL AND meeting_id IS NULL END),
    CONSTRAINT bookings_one_meeting EXCLUDE USING gist (person_id WITH =, during WITH &&) WHERE (kind = 'meeting'),
    CONSTRAINT bookings_one_place EXCLUDE USING gist (person_id WITH =, kind WITH <>, during WITH &&)
  );
  CREATE INDEX bookings_meeting ON bookings (meeting_id) WHERE meeting_id IS NOT NULL;
  CREATE INDEX bookings_session ON bookings (session_id) WHERE session_id IS NOT NULL;

  -- Sessions and who signed up for them, as their owners say.
  CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    stop_id uuid NOT NULL,
    starts_at timestamptz,
    ends_at timestamptz,
    version integer NOT NULL
  );
  CREATE TABLE sign_ups (
    registration_id uuid PRIMARY KEY,
    stop_id uuid NOT NULL,
    -- Each session with its delegates.
    sign_ups jsonb NOT NULL,
    version integer NOT NULL
  );
`;
