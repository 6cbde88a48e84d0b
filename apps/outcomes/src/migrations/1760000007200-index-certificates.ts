import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IndexCertificates1760000007200 implements MigrationInterface {
  name = 'IndexCertificates1760000007200';

  async up(runner: QueryRunner): Promise<void> {
    // A company exports the certificates of its people at all stops.
    await runner.query(`CREATE INDEX certificates_company ON certificates (company_id, id)`);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}
