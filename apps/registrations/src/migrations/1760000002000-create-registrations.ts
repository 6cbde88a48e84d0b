import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateRegistrations1760000002000 implements MigrationInterface {
  name = 'CreateRegistrations1760000002000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A stop as its own service knows it, and its seats. One row, since every decision about seats locks it
      -- and needs all of it; a second table would be read as it was before the lock was waited for.
      CREATE TABLE stops (
        stop_id uuid PRIMARY KEY,
        organization_id uuid NOT NULL,
        stop_version integer NOT NULL,
        ever_published boolean NOT NULL,
        status text NOT NULL CHECK (status IN ('draft', 'published', 'completed', 'cancelled')),
        starts_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL,
        capacity integer NOT NULL CHECK (capacity > 0),
        max_delegates_per_company integer NOT NULL,
        opens_at timestamptz NOT NULL,
        closes_at timestamptz NOT NULL,
        changes_until timestamptz NOT NULL,
        approval text NOT NULL CHECK (approval IN ('automatic', 'manual')),
        waitlist boolean NOT NULL,
        waitlist_policy text NOT NULL CHECK (waitlist_policy IN ('strict', 'first_fit')),
        verified_only boolean NOT NULL,
        confirmed_seats integer NOT NULL DEFAULT 0 CHECK (confirmed_seats >= 0),
        pending_seats integer NOT NULL DEFAULT 0 CHECK (pending_seats >= 0),
        waitlisted_seats integer NOT NULL DEFAULT 0 CHECK (waitlisted_seats >= 0),
        waiting_delegations integer NOT NULL DEFAULT 0 CHECK (waiting_delegations >= 0),
        passed_over_delegations integer NOT NULL DEFAULT 0 CHECK (passed_over_delegations >= 0),
        next_queue_number integer NOT NULL DEFAULT 1,
        seats_version integer NOT NULL DEFAULT 1,
        -- The capacity, or after it was lowered the seats that were taken then, until enough are given back.
        -- So the rule "never more seats than there are" fits into a check of one row.
        seats_limit integer NOT NULL,
        CONSTRAINT stops_limit_covers_capacity CHECK (seats_limit >= capacity),
        CONSTRAINT stops_never_oversold CHECK (confirmed_seats + pending_seats <= seats_limit)
      ) WITH (fillfactor = 50);

      -- Organizers may bring their own room ids, so that two stops in one building share them.
      CREATE TABLE rooms (
        stop_id uuid NOT NULL REFERENCES stops,
        room_id uuid NOT NULL,
        seats integer NOT NULL,
        PRIMARY KEY (stop_id, room_id)
      );

      CREATE TABLE companies (
        company_id uuid PRIMARY KEY,
        name jsonb NOT NULL,
        standings jsonb NOT NULL,
        version integer NOT NULL
      );

      -- No foreign keys from here to stops and from delegates to here: they took a sixth of the time of all rows of a
      -- registration, and guard nothing. Both are written only under the lock of the stop's row, together, and
      -- neither stops nor registrations are ever deleted.
      CREATE TABLE registrations (
        id uuid PRIMARY KEY,
        stop_id uuid NOT NULL,
        company_id uuid NOT NULL,
        status text NOT NULL CHECK (status IN ('confirmed', 'pending', 'waitlisted', 'declined', 'cancelled')),
        seats integer NOT NULL CHECK (seats > 0),
        note text,
        -- Why it was declined or cancelled.
        reason text,
        -- The privacy text that the company says its delegates know.
        consent_text_version text,
        consent_at timestamptz,
        queue_number integer,
        created_at timestamptz NOT NULL,
        version integer NOT NULL,
        CHECK ((status = 'waitlisted') = (queue_number IS NOT NULL))
      );
      CREATE UNIQUE INDEX registrations_one_live ON registrations (stop_id, company_id)
        WHERE status IN ('confirmed', 'pending', 'waitlisted');
      CREATE UNIQUE INDEX registrations_queue ON registrations (stop_id, queue_number)
        WHERE queue_number IS NOT NULL;
      CREATE INDEX registrations_stop ON registrations (stop_id, created_at, id);

      -- Personal data of delegates: here, and in the answers kept for repeated requests.
      CREATE TABLE delegates (
        id uuid PRIMARY KEY,
        registration_id uuid NOT NULL,
        name text NOT NULL,
        email text NOT NULL,
        mobile text,
        job_title text,
        language text CHECK (language IN ('zh', 'en')),
        -- An erased delegate has none.
        badge text CONSTRAINT delegates_badge UNIQUE,
        checked_in_at timestamptz
      );
      CREATE INDEX delegates_registration ON delegates (registration_id, id);
      -- Finds a person who is in another delegation already.
      CREATE INDEX delegates_email ON delegates (lower(email));

      -- Badges that admitted somebody once: a scan of one answers that it is no longer valid.
      CREATE TABLE ended_badges (
        badge text PRIMARY KEY,
        stop_id uuid NOT NULL,
        delegate_id uuid NOT NULL,
        ended_at timestamptz NOT NULL DEFAULT now()
      );

      CREATE TABLE sessions (
        session_id uuid PRIMARY KEY,
        stop_id uuid NOT NULL,
        organization_id uuid NOT NULL,
        company_id uuid,
        status text NOT NULL,
        room_id uuid,
        starts_at timestamptz,
        ends_at timestamptz,
        version integer NOT NULL,
        -- Counting the sign-ups under the session's lock would take longer the more there are.
        taken integer NOT NULL DEFAULT 0,
        -- The room's seats at the last sign-up; a room made smaller bumps nobody. So the rule "never more sign-ups than
        -- seats" fits into a check of one row.
        seats_limit integer NOT NULL DEFAULT 0,
        CONSTRAINT sessions_never_overbooked CHECK (taken BETWEEN 0 AND seats_limit)
      );

      CREATE TABLE sign_ups (
        session_id uuid NOT NULL REFERENCES sessions,
        delegate_id uuid NOT NULL,
        registration_id uuid NOT NULL REFERENCES registrations,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (session_id, delegate_id)
      );
      CREATE INDEX sign_ups_delegate ON sign_ups (delegate_id);
    `);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}
