import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAccounts1760000001000 implements MigrationInterface {
  name = 'CreateAccounts1760000001000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE organizations (
        id uuid PRIMARY KEY,
        name jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        version integer NOT NULL DEFAULT 1
      );

      CREATE TABLE companies (
        id uuid PRIMARY KEY,
        name jsonb NOT NULL,
        uscc char(18) NOT NULL CONSTRAINT companies_uscc_taken UNIQUE,
        contact jsonb NOT NULL,
        industry text,
        city_code char(6),
        created_at timestamptz NOT NULL DEFAULT now(),
        version integer NOT NULL DEFAULT 1
      );

      -- What one organization decided of one company; no row means unverified.
      CREATE TABLE standings (
        company_id uuid NOT NULL REFERENCES companies,
        organization_id uuid NOT NULL REFERENCES organizations,
        status text NOT NULL CHECK (status IN ('unverified', 'verified', 'suspended')),
        PRIMARY KEY (company_id, organization_id)
      );

      CREATE TABLE api_keys (
        id uuid PRIMARY KEY,
        key_hash text NOT NULL UNIQUE,
        role text NOT NULL CHECK (role IN ('company', 'organizer', 'staff', 'admin')),
        label text NOT NULL,
        organization_id uuid REFERENCES organizations,
        company_id uuid REFERENCES companies,
        stop_id uuid,
        from_environment boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz,
        deleted_at timestamptz,
        last_used_at timestamptz,
        CHECK ((role = 'company') = (company_id IS NOT NULL)),
        CHECK ((role IN ('organizer', 'staff')) = (organization_id IS NOT NULL)),
        CHECK ((role = 'staff') = (stop_id IS NOT NULL))
      );
      CREATE INDEX api_keys_organization ON api_keys (organization_id, id) WHERE deleted_at IS NULL;
      CREATE INDEX api_keys_company ON api_keys (company_id, id) WHERE deleted_at IS NULL;
      -- Every gateway asks a few times a second which keys were revoked a moment ago.
      CREATE INDEX api_keys_ended ON api_keys (deleted_at) WHERE deleted_at IS NOT NULL;
    `);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}
