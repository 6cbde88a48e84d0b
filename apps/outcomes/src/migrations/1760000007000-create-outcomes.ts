import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateOutcomes1760000007000 implements MigrationInterface {
  name = 'CreateOutcomes1760000007000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(projections);
    await runner.query(followUps);
    await runner.query(ledger);
    await runner.query(certificates);
    await runner.query(announcedNeverChanges);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}

const projections = `
  -- Copies of other services' aggregates, replaced by newer versions only. The figures of a stop are
  -- counted from these rows, so a replay of all events leads to the same figures.
  CREATE TABLE stops (
    id uuid PRIMARY KEY,
    tour_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    state jsonb NOT NULL,
    version integer NOT NULL
  );
  CREATE INDEX stops_tour ON stops (tour_id);

  CREATE TABLE companies (
    id uuid PRIMARY KEY,
    name jsonb NOT NULL,
    version integer NOT NULL
  );

  CREATE TABLE registrations (
    id uuid PRIMARY KEY,
    stop_id uuid NOT NULL,
    company_id uuid NOT NULL,
    confirmed boolean NOT NULL,
    seats integer NOT NULL,
    version integer NOT NULL
  );
  CREATE INDEX registrations_stop ON registrations (stop_id, company_id);

  CREATE TABLE check_ins (
    delegate_id uuid PRIMARY KEY,
    registration_id uuid NOT NULL,
    checked_in boolean NOT NULL,
    version integer NOT NULL
  );
  CREATE INDEX check_ins_registration ON check_ins (registration_id) WHERE checked_in;

  CREATE TABLE sessions (
    id uuid PRIMARY KEY,
    stop_id uuid NOT NULL,
    scheduled boolean NOT NULL,
    version integer NOT NULL
  );
  CREATE INDEX sessions_stop ON sessions (stop_id) WHERE scheduled;

  CREATE TABLE listings (
    id uuid PRIMARY KEY,
    tour_id uuid NOT NULL,
    company_id uuid NOT NULL,
    -- A listing that was shown once counts, whatever became of it.
    ever_published boolean NOT NULL,
    version integer NOT NULL
  );
  CREATE INDEX listings_tour ON listings (tour_id, company_id) WHERE ever_published;

  CREATE TABLE meetings (
    id uuid PRIMARY KEY,
    stop_id uuid NOT NULL,
    tour_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    asker_id uuid NOT NULL,
    asked_id uuid NOT NULL,
    concealed boolean NOT NULL,
    status text NOT NULL,
    ends_at timestamptz,
    version integer NOT NULL
  );
  CREATE INDEX meetings_stop ON meetings (stop_id);
`;

const followUps = `
  -- What each side says of a meeting that was held.
  CREATE TABLE meeting_outcomes (
    meeting_id uuid NOT NULL REFERENCES meetings,
    side text NOT NULL CHECK (side IN ('asker', 'asked')),
    company_id uuid NOT NULL,
    useful integer NOT NULL CHECK (useful BETWEEN 1 AND 5),
    next text NOT NULL CHECK (next IN ('none', 'talk', 'trial', 'agreement')),
    note text,
    at timestamptz NOT NULL,
    revision integer NOT NULL,
    PRIMARY KEY (meeting_id, side)
  );
  CREATE INDEX meeting_outcomes_company ON meeting_outcomes (company_id, meeting_id);

  -- What two companies do together after a stop: one thread for each subject.
  CREATE TABLE follow_ups (
    id uuid PRIMARY KEY,
    stop_id uuid NOT NULL,
    tour_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    meeting_id uuid REFERENCES meetings,
    company_a uuid NOT NULL,
    company_b uuid NOT NULL,
    subject text NOT NULL,
    stage text NOT NULL CHECK (stage IN ('open', 'talking', 'trial', 'agreed', 'delivered', 'ended')),
    created_at timestamptz NOT NULL,
    version integer NOT NULL,
    CONSTRAINT follow_ups_of_two CHECK (company_a <> company_b)
  );
  CREATE INDEX follow_ups_stop ON follow_ups (stop_id, id);
  CREATE INDEX follow_ups_organization ON follow_ups (organization_id, id);
  CREATE INDEX follow_ups_a ON follow_ups (company_a, id);
  CREATE INDEX follow_ups_b ON follow_ups (company_b, id);
  CREATE INDEX follow_ups_meeting ON follow_ups (meeting_id) WHERE meeting_id IS NOT NULL;

  CREATE TABLE follow_up_steps (
    follow_up_id uuid NOT NULL REFERENCES follow_ups,
    n integer NOT NULL,
    stage text NOT NULL CHECK (stage IN ('talking', 'trial', 'agreed', 'delivered', 'ended')),
    note text,
    amount bigint CHECK (amount >= 0),
    -- A company, or the organizer where it is null.
    said_by uuid,
    at timestamptz NOT NULL,
    confirmed_by text,
    confirmed_at timestamptz,
    PRIMARY KEY (follow_up_id, n),
    CONSTRAINT follow_up_steps_confirmed_by_another
      CHECK (confirmed_by IS DISTINCT FROM coalesce(said_by::text, 'organizer')),
    CONSTRAINT follow_up_steps_confirmed_at_once CHECK ((confirmed_by IS NULL) = (confirmed_at IS NULL))
  );
`;

const ledger = `
  -- The last number of each series. The announcing transaction locks the row, so a number is given once, none is left
  -- out, and one that was taken by a transaction that failed is free again.
  CREATE TABLE series_counters (
    organization_id uuid NOT NULL,
    series text NOT NULL,
    last integer NOT NULL CHECK (last >= 0),
    PRIMARY KEY (organization_id, series)
  );

  CREATE TABLE membership_batches (
    id uuid PRIMARY KEY,
    tour_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    stop_id uuid,
    alliance jsonb NOT NULL,
    series text NOT NULL,
    announced_at timestamptz,
    created_at timestamptz NOT NULL,
    version integer NOT NULL
  );
  CREATE INDEX membership_batches_tour ON membership_batches (tour_id, id);

  CREATE TABLE members (
    id uuid PRIMARY KEY,
    batch_id uuid NOT NULL REFERENCES membership_batches,
    organization_id uuid NOT NULL,
    series text,
    company_id uuid,
    name jsonb NOT NULL,
    category text NOT NULL,
    corrects uuid,
    -- Once announced.
    number integer CHECK (number > 0),
    CONSTRAINT members_number UNIQUE (organization_id, series, number),
    CONSTRAINT members_corrected_once UNIQUE (corrects),
    CONSTRAINT members_once_a_batch UNIQUE (batch_id, company_id),
    CONSTRAINT members_number_of_a_series CHECK ((number IS NULL) = (series IS NULL))
  );
  CREATE INDEX members_batch ON members (batch_id, id);

  -- Who is a member now: a company once at a time.
  CREATE TABLE current_members (
    organization_id uuid NOT NULL,
    company_id uuid NOT NULL,
    member_id uuid NOT NULL REFERENCES members,
    CONSTRAINT current_members_once PRIMARY KEY (organization_id, company_id)
  );

  CREATE TABLE cases (
    id uuid PRIMARY KEY,
    tour_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    stop_id uuid NOT NULL,
    title jsonb NOT NULL,
    field text NOT NULL,
    company_ids uuid[] NOT NULL,
    summary jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('nominated', 'selected', 'announced')),
    announced_at timestamptz,
    corrects uuid CONSTRAINT cases_corrected_once UNIQUE,
    created_at timestamptz NOT NULL,
    version integer NOT NULL,
    CONSTRAINT cases_announced CHECK ((state = 'announced') = (announced_at IS NOT NULL))
  );
  CREATE INDEX cases_tour ON cases (tour_id, id);

  CREATE TABLE case_reviews (
    case_id uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
    -- The person, or the key.
    reviewer_id uuid NOT NULL,
    score integer CHECK (score BETWEEN 1 AND 5),
    comment text,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, reviewer_id)
  );

  CREATE TABLE papers (
    id uuid PRIMARY KEY,
    tour_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    stop_id uuid,
    title jsonb NOT NULL,
    authors jsonb NOT NULL,
    issuers jsonb NOT NULL,
    edition text NOT NULL,
    url text,
    announced_at timestamptz,
    corrects uuid CONSTRAINT papers_corrected_once UNIQUE,
    created_at timestamptz NOT NULL,
    version integer NOT NULL
  );
  CREATE INDEX papers_tour ON papers (tour_id, id);

  -- What each code names. A code is derived from the id of what it names; its hash alone is kept.
  CREATE TABLE codes (
    hash bytea PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('membership', 'case', 'paper', 'certificate')),
    named_id uuid NOT NULL UNIQUE
  );
`;

const certificates = `
  CREATE TABLE certificates (
    id uuid PRIMARY KEY,
    stop_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('attendance', 'speaking')),
    registration_id uuid,
    delegate_id uuid,
    session_id uuid,
    speaker_id uuid,
    -- Whose delegate or session it is; null for a talk of the organizer's.
    company_id uuid,
    -- What a talk was called when the certificate was issued.
    session_title jsonb,
    -- The name it was made out to; empty once it was erased.
    holder text NOT NULL,
    status text NOT NULL CHECK (status IN ('valid', 'revoked', 'replaced')),
    reason text,
    -- Written before the new one is, since one at a time counts.
    replaced_by uuid REFERENCES certificates DEFERRABLE INITIALLY DEFERRED,
    issued_at timestamptz NOT NULL,
    version integer NOT NULL,
    CONSTRAINT certificates_of_one CHECK (CASE kind
      WHEN 'attendance' THEN num_nonnulls(registration_id, delegate_id) = 2 AND num_nonnulls(session_id, speaker_id) = 0
      ELSE num_nonnulls(session_id, speaker_id, session_title) = 3 AND num_nonnulls(registration_id, delegate_id) = 0 END),
    CONSTRAINT certificates_replaced CHECK ((status = 'replaced') = (replaced_by IS NOT NULL))
  );
  -- One that counts for each person; what was revoked is not made again by issuing.
  CREATE UNIQUE INDEX certificates_attendance ON certificates (delegate_id) WHERE kind = 'attendance' AND status <> 'replaced';
  CREATE UNIQUE INDEX certificates_speaking ON certificates (session_id, speaker_id) WHERE kind = 'speaking' AND status <> 'replaced';
  CREATE INDEX certificates_stop ON certificates (stop_id, id);
`;

const announcedNeverChanges = `
  CREATE FUNCTION announced_never_changes() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'What was announced never changes: % of %', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END $$;
  CREATE TRIGGER announced_never_changes BEFORE UPDATE OR DELETE ON membership_batches FOR EACH ROW
    WHEN (OLD.announced_at IS NOT NULL) EXECUTE FUNCTION announced_never_changes();
  CREATE TRIGGER announced_never_changes BEFORE UPDATE OR DELETE ON members FOR EACH ROW
    WHEN (OLD.number IS NOT NULL) EXECUTE FUNCTION announced_never_changes();
  CREATE TRIGGER announced_never_changes BEFORE UPDATE OR DELETE ON cases FOR EACH ROW
    WHEN (OLD.announced_at IS NOT NULL) EXECUTE FUNCTION announced_never_changes();
  CREATE TRIGGER announced_never_changes BEFORE UPDATE OR DELETE ON papers FOR EACH ROW
    WHEN (OLD.announced_at IS NOT NULL) EXECUTE FUNCTION announced_never_changes();

  -- An announced batch takes no new members either.
  CREATE FUNCTION announced_batch_is_closed() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF (SELECT announced_at FROM membership_batches WHERE id = NEW.batch_id) IS NOT NULL THEN
      RAISE EXCEPTION 'An announced batch takes no new members' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER announced_batch_is_closed BEFORE INSERT ON members FOR EACH ROW
    EXECUTE FUNCTION announced_batch_is_closed();

  -- Of a certificate the status ends once, and the name can be erased; nothing else changes.
  CREATE TRIGGER ended_never_changes BEFORE UPDATE ON certificates FOR EACH ROW
    WHEN (OLD.status <> 'valid' AND NEW.status <> OLD.status) EXECUTE FUNCTION announced_never_changes();
  CREATE TRIGGER holder_is_only_erased BEFORE UPDATE ON certificates FOR EACH ROW
    WHEN (NEW.holder <> OLD.holder AND NEW.holder <> '') EXECUTE FUNCTION announced_never_changes();
`;
