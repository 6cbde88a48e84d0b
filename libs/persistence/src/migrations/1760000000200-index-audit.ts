import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Organizers read the audit of their organization page by page. */
export class IndexAudit1760000000200 implements MigrationInterface {
  name = 'IndexAudit1760000000200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX audit_organization ON audit (organization_id, id)');
  }

  async down(): Promise<void> {
    await Promise.reject(
      new Error('Going back means restoring a backup: see docs/operations.md, "Upgrades".'),
    );
  }
}
