import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateListings1760000006000 implements MigrationInterface {
  name = 'CreateListings1760000006000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(projections);
    await runner.query(listings);
    await runner.query(interests);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}

const projections = `
  -- Copies of other services' aggregates, replaced by newer versions only.
  CREATE TABLE stops (
    id uuid PRIMARY KEY,
    tour_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    state jsonb NOT NULL,
    version integer NOT NULL,
    -- How many of the stop's moves its meetings have followed.
    moves_applied integer NOT NULL
  );
  CREATE INDEX stops_tour ON stops (tour_id);

  CREATE TABLE companies (
    id uuid PRIMARY KEY,
    name jsonb NOT NULL,
    city_code text,
    standings jsonb NOT NULL,
    version integer NOT NULL
  );

  CREATE TABLE delegations (
    registration_id uuid PRIMARY KEY,
    stop_id uuid NOT NULL,
    company_id uuid NOT NULL,
    -- Confirmed, pending or waiting.
    live boolean NOT NULL,
    -- A company stays of the tour once it came in.
    ever_live boolean NOT NULL,
    version integer NOT NULL
  );
  CREATE INDEX delegations_stop ON delegations (stop_id, company_id);
  CREATE INDEX delegations_company ON delegations (company_id);
`;

const listings = `
  CREATE TABLE listings (
    id uuid PRIMARY KEY,
    tour_id uuid NOT NULL,
    organization_id uuid NOT NULL,
    company_id uuid NOT NULL,
    side text NOT NULL CHECK (side IN ('offer', 'need')),
    title jsonb NOT NULL,
    text jsonb NOT NULL,
    -- Title and text as searches compare them.
    folded text NOT NULL,
    concepts text[] NOT NULL CHECK (cardinality(concepts) BETWEEN 2 AND 8),
    expires_at timestamptz NOT NULL,
    state text NOT NULL
      CHECK (state IN ('draft', 'published', 'paused', 'expired', 'closed', 'removed')),
    reason text,
    published_at timestamptz,
    created_at timestamptz NOT NULL,
    version integer NOT NULL,
    CONSTRAINT listings_published_once CHECK (state NOT IN ('published', 'paused') OR published_at IS NOT NULL)
  );
  CREATE INDEX listings_tour ON listings (tour_id, id);
  CREATE INDEX listings_company ON listings (company_id, id);
  CREATE INDEX listings_expiry ON listings (expires_at) WHERE state IN ('published', 'paused');

  -- How many listings a company has published in a tour. One row, so that the limit holds however many come at once.
  CREATE TABLE listing_counts (
    tour_id uuid NOT NULL,
    company_id uuid NOT NULL,
    published integer NOT NULL,
    PRIMARY KEY (tour_id, company_id),
    CONSTRAINT listing_counts_limit CHECK (published BETWEEN 0 AND 20)
  );
`;

const interests = `
  -- Private to the company: no event, no audit line that an organizer could read.
  CREATE TABLE interests (
    tour_id uuid NOT NULL,
    company_id uuid NOT NULL,
    towards_id uuid NOT NULL,
    level text NOT NULL CHECK (level IN ('must', 'want', 'no')),
    PRIMARY KEY (tour_id, company_id, towards_id),
    CONSTRAINT interests_in_others CHECK (company_id <> towards_id)
  );
`;
