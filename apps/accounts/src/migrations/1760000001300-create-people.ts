import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePeople1760000001300 implements MigrationInterface {
  name = 'CreatePeople1760000001300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(people);
    await runner.query(waysIn);
    await runner.query(signIns);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}

const people = `
  -- Somebody who proved an address, or was invited by it.
  CREATE TABLE users (
    id uuid PRIMARY KEY,
    email text NOT NULL CONSTRAINT users_email_taken UNIQUE,
    name text,
    language text CHECK (language IN ('zh', 'en')),
    created_at timestamptz NOT NULL,
    -- The first sign-in; null for somebody who was invited and has not come yet.
    proven_at timestamptz
  );

  CREATE TABLE memberships (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    role text NOT NULL CHECK (role IN ('company', 'organizer', 'staff')),
    organization_id uuid REFERENCES organizations,
    company_id uuid REFERENCES companies,
    stop_id uuid,
    created_at timestamptz NOT NULL,
    joined_at timestamptz,
    last_used_at timestamptz,
    CHECK ((role = 'company') = (company_id IS NOT NULL)),
    CHECK ((role IN ('organizer', 'staff')) = (organization_id IS NOT NULL)),
    CHECK ((role = 'staff') = (stop_id IS NOT NULL)),
    -- Two invitations at once make one membership.
    CONSTRAINT memberships_once UNIQUE NULLS NOT DISTINCT (user_id, role, organization_id, company_id, stop_id)
  );
  CREATE INDEX memberships_organization ON memberships (organization_id, id) WHERE organization_id IS NOT NULL;
  CREATE INDEX memberships_company ON memberships (company_id, id) WHERE company_id IS NOT NULL;

  -- Who proves the contact address of a company is a member of it.
  CREATE INDEX companies_contact_email ON companies ((contact ->> 'email'));
`;

const waysIn = `
  -- What mails with codes and links were sent. Neither code nor link is kept: both are derived from the id, and of the
  -- link and of the asking browser's cookie the hash. The rows are also what the limits of mails count.
  CREATE TABLE sign_in_codes (
    id uuid PRIMARY KEY,
    -- Of the address, keyed: limits count by it. The address itself goes once the code is used, ended or erased.
    address_hash text NOT NULL,
    email text,
    language text CHECK (language IN ('zh', 'en')),
    link_hash text NOT NULL UNIQUE,
    browser_hash text NOT NULL,
    network text NOT NULL,
    asked_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    tries integer NOT NULL DEFAULT 0 CHECK (tries BETWEEN 0 AND 5),
    used_at timestamptz,
    ended_at timestamptz
  );
  CREATE INDEX sign_in_codes_address ON sign_in_codes (address_hash, asked_at);
  CREATE INDEX sign_in_codes_network ON sign_in_codes (network, asked_at);
  CREATE INDEX sign_in_codes_asked ON sign_in_codes (asked_at);

  -- Links that the operator makes: each signs one browser in with an API key, once.
  CREATE TABLE operator_links (
    link_hash text PRIMARY KEY,
    api_key_id uuid NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz
  );

  -- When invitations went out, so that nobody floods an address with them: of the address a hash.
  CREATE TABLE invitation_mails (
    id uuid PRIMARY KEY,
    address_hash text NOT NULL,
    sent_at timestamptz NOT NULL
  );
  CREATE INDEX invitation_mails_address ON invitation_mails (address_hash, sent_at);

  CREATE TABLE door_passes (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organizations,
    stop_id uuid NOT NULL,
    label text NOT NULL,
    pass_hash text NOT NULL UNIQUE,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    -- The version of the stop that the expiry follows.
    stop_version integer NOT NULL,
    used_at timestamptz,
    deleted_at timestamptz
  );
  CREATE INDEX door_passes_stop ON door_passes (stop_id, id) WHERE deleted_at IS NULL;
`;

const signIns = `
  -- A browser or a phone that is signed in: of a person, or made with an API key or a door pass. Without foreign keys:
  -- the rows of ended ones outlive users and keys for a while, since gateways ask what has ended.
  CREATE TABLE sign_ins (
    id uuid PRIMARY KEY,
    token_hash text NOT NULL UNIQUE,
    user_id uuid,
    membership_id uuid,
    api_key_id uuid,
    door_pass_id uuid,
    user_agent text,
    created_at timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    ended_at timestamptz,
    CHECK (num_nonnulls(user_id, api_key_id, door_pass_id) = 1),
    CHECK (membership_id IS NULL OR user_id IS NOT NULL)
  );
  CREATE INDEX sign_ins_user ON sign_ins (user_id, id) WHERE ended_at IS NULL;
  CREATE INDEX sign_ins_membership ON sign_ins (membership_id) WHERE ended_at IS NULL;
  CREATE INDEX sign_ins_api_key ON sign_ins (api_key_id, id) WHERE ended_at IS NULL;
  CREATE INDEX sign_ins_door_pass ON sign_ins (door_pass_id) WHERE ended_at IS NULL;
  -- Every gateway asks a few times a second which ended a moment ago.
  CREATE INDEX sign_ins_ended ON sign_ins (ended_at) WHERE ended_at IS NOT NULL;
  CREATE INDEX sign_ins_expires ON sign_ins (expires_at);
`;
