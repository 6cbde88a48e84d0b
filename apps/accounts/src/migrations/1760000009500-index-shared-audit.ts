import type { MigrationInterface, QueryRunner } from 'typeorm';

/** For the part of the audit that all organizers see: in a large installation most lines are of people and keys. */
export class IndexSharedAudit1760000009500 implements MigrationInterface {
  readonly name = 'IndexSharedAudit1760000009500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `CREATE INDEX audit_shared ON audit (id) WHERE organization_id IS NULL AND resource_type = 'company'`,
    );
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup: see docs/adr on migrations.'));
  }
}
