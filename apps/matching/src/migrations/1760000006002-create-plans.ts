import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreatePlans1760000006002 implements MigrationInterface {
  name = 'CreatePlans1760000006002';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(plans);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}

const plans = `
  CREATE TABLE plans (
    id uuid PRIMARY KEY,
    stop_id uuid NOT NULL REFERENCES stops,
    organization_id uuid NOT NULL,
    -- A ready one is stale once 'basis' no longer holds; that is seen as it is read.
    status text NOT NULL CHECK (status IN ('computing', 'ready', 'accepted', 'rejected', 'failed')),
    seed integer NOT NULL,
    steps integer NOT NULL,
    seconds double precision NOT NULL,
    locked uuid[] NOT NULL,
    -- The versions of what it was made from, as one text.
    basis text,
    progress jsonb NOT NULL,
    result jsonb,
    -- Which process computes it, until when others leave it alone, and how often it was begun.
    worker uuid,
    leased_until timestamptz,
    attempts integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    version integer NOT NULL,
    CONSTRAINT plans_result_goes_with_status CHECK (
      CASE status WHEN 'computing' THEN result IS NULL
                  WHEN 'ready' THEN result IS NOT NULL AND basis IS NOT NULL
                  WHEN 'accepted' THEN result IS NOT NULL ELSE true END)
  );
  CREATE INDEX plans_stop ON plans (stop_id, id);
  CREATE UNIQUE INDEX plans_one_computing ON plans (stop_id) WHERE status = 'computing';

  -- What was accepted stays as it was.
  CREATE FUNCTION refuse_change_of_accepted_plan() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'An accepted plan never changes.' USING ERRCODE = 'restrict_violation';
  END $$;
  CREATE TRIGGER plans_accepted_never_change BEFORE UPDATE ON plans
    FOR EACH ROW WHEN (OLD.status = 'accepted') EXECUTE FUNCTION refuse_change_of_accepted_plan();
`;
