import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CloseEndedCertificates1760000007100 implements MigrationInterface {
  name = 'CloseEndedCertificates1760000007100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(certificates);
    await runner.query(nothingIsEmptied);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}

const certificates = `
  -- Of a certificate that was revoked or replaced only the name changes, which can be erased; none is ever deleted.
  DROP TRIGGER ended_never_changes ON certificates;
  CREATE TRIGGER ended_never_changes BEFORE UPDATE ON certificates FOR EACH ROW
    WHEN (OLD.status <> 'valid'
      AND (NEW.status, NEW.reason, NEW.replaced_by) IS DISTINCT FROM (OLD.status, OLD.reason, OLD.replaced_by))
    EXECUTE FUNCTION announced_never_changes();
  CREATE TRIGGER issued_never_changes BEFORE UPDATE ON certificates FOR EACH ROW
    WHEN ((NEW.id, NEW.stop_id, NEW.organization_id, NEW.kind, NEW.registration_id, NEW.delegate_id, NEW.session_id,
           NEW.speaker_id, NEW.company_id, NEW.session_title, NEW.issued_at)
      IS DISTINCT FROM (OLD.id, OLD.stop_id, OLD.organization_id, OLD.kind, OLD.registration_id, OLD.delegate_id,
           OLD.session_id, OLD.speaker_id, OLD.company_id, OLD.session_title, OLD.issued_at))
    EXECUTE FUNCTION announced_never_changes();
  CREATE TRIGGER issued_is_never_deleted BEFORE DELETE ON certificates FOR EACH ROW
    EXECUTE FUNCTION announced_never_changes();
`;

const tables = ['membership_batches', 'members', 'cases', 'papers', 'certificates', 'codes'];

const nothingIsEmptied = tables
  .map(
    (table) => `
  CREATE TRIGGER ledger_is_never_emptied BEFORE TRUNCATE ON ${table} FOR EACH STATEMENT
    EXECUTE FUNCTION announced_never_changes();`,
  )
  .join('');
