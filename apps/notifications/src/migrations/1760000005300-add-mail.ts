import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddMail1760000005300 implements MigrationInterface {
  name = 'AddMail1760000005300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(planning);
    await runner.query(sending);
    await runner.query(choices);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}

const planning = `
  -- What mails are about: the state of the last mails, and when to look at it again. Ids and states, no personal data.
  CREATE TABLE mail_topics (
    family text NOT NULL,
    id uuid NOT NULL,
    organization_id uuid NOT NULL,
    stop_id uuid,
    -- When to look; null while nothing is new.
    due_at timestamptz,
    -- What is new since it was looked at: the state before, and what happened.
    news jsonb NOT NULL DEFAULT '{}',
    -- Raised with every piece of news, so that what comes while it is looked at is not lost.
    revision integer NOT NULL DEFAULT 1,
    told jsonb,
    told_at timestamptz,
    lease_until timestamptz,
    PRIMARY KEY (family, id)
  );
  CREATE INDEX mail_topics_due ON mail_topics (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX mail_topics_stop ON mail_topics (stop_id);

  -- One entry in one person's calendar. A uid belongs to a seat and an address, which is kept as a keyed hash.
  CREATE TABLE calendar_uids (
    uid text PRIMARY KEY,
    topic_id uuid NOT NULL,
    recipient_id uuid NOT NULL,
    address_hash text NOT NULL,
    sequence integer NOT NULL,
    fingerprint text NOT NULL,
    state text NOT NULL CHECK (state IN ('active', 'cancelled')),
    since timestamptz NOT NULL
  );
  CREATE INDEX calendar_uids_topic ON calendar_uids (topic_id);
`;

const sending = `
  CREATE TABLE notices (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    priority smallint NOT NULL,
    recipient text NOT NULL,
    occurrence text NOT NULL,
    organization_id uuid NOT NULL,
    stop_id uuid,
    registration_id uuid,
    company_id uuid,
    delegate_id uuid,
    session_id uuid,
    speaker_id uuid,
    announcement_id uuid,
    -- Keyed hashes, once known: of the address, and of its provider or domain.
    address_hash text,
    domain_key text,
    data jsonb NOT NULL,
    state text NOT NULL CHECK (state IN ('planned', 'sending', 'sent', 'deferred', 'failed', 'dropped')),
    reason text,
    due_at timestamptz NOT NULL,
    attempts integer NOT NULL DEFAULT 0,
    -- Tries of which nobody knows whether the mail arrived.
    uncertain integer NOT NULL DEFAULT 0,
    lease_until timestamptz,
    created_at timestamptz NOT NULL,
    at timestamptz,
    CONSTRAINT notices_once UNIQUE (kind, recipient, occurrence)
  );
  CREATE INDEX notices_due ON notices (priority, due_at) WHERE state IN ('planned', 'deferred');
  CREATE INDEX notices_sending ON notices (lease_until) WHERE state = 'sending';
  CREATE INDEX notices_stop ON notices (stop_id, id);
  CREATE INDEX notices_announcement ON notices (announcement_id) WHERE announcement_id IS NOT NULL;
  CREATE INDEX notices_created ON notices (created_at);

  -- What organizers, and companies whose people can't be reached, hear of once an hour.
  CREATE TABLE digest_items (
    id uuid PRIMARY KEY,
    owner_id uuid NOT NULL,
    kind text NOT NULL,
    stop_id uuid,
    ref_id uuid NOT NULL,
    company_id uuid,
    CONSTRAINT digest_items_once UNIQUE (owner_id, kind, ref_id)
  );

  -- Mailboxes that do not exist, as keyed hashes.
  CREATE TABLE suppressions (
    address_hash text PRIMARY KEY,
    reason text NOT NULL,
    until timestamptz NOT NULL
  );

  -- One row: whether an operator holds all mails.
  CREATE TABLE mail_state (
    id boolean PRIMARY KEY DEFAULT true CHECK (id),
    held boolean NOT NULL DEFAULT false
  );
  INSERT INTO mail_state DEFAULT VALUES;
`;

const choices = `
  CREATE TABLE notification_settings (
    organization_id uuid PRIMARY KEY,
    reply_to text,
    default_language text,
    calendar_mode text NOT NULL,
    quiet_from text,
    quiet_to text,
    reminders text[] NOT NULL,
    version integer NOT NULL
  );

  CREATE TABLE mail_templates (
    organization_id uuid NOT NULL,
    kind text NOT NULL,
    language text NOT NULL,
    subject text NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (organization_id, kind, language)
  );

  -- Who wants no announcements and reminders of an organization, as keyed hashes of addresses.
  CREATE TABLE unsubscribed (
    organization_id uuid NOT NULL,
    address_hash text NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (organization_id, address_hash)
  );

  CREATE TABLE announcements (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    stop_id uuid NOT NULL,
    audience jsonb NOT NULL,
    subject jsonb NOT NULL,
    text jsonb NOT NULL,
    status text NOT NULL CHECK (status IN ('draft', 'approved', 'sending', 'sent', 'stopped')),
    recipients integer,
    created_at timestamptz NOT NULL,
    approved_at timestamptz,
    version integer NOT NULL
  );
  CREATE INDEX announcements_stop ON announcements (stop_id, id);
`;
