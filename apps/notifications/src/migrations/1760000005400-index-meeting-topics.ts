import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IndexMeetingTopics1760000005400 implements MigrationInterface {
  name = 'IndexMeetingTopics1760000005400';

  async up(runner: QueryRunner): Promise<void> {
    // Registrations whose people change look for the meetings that were told to these.
    await runner.query(`CREATE INDEX mail_topics_meetings ON mail_topics (stop_id) WHERE family = 'meeting'`);
  }

  async down(): Promise<void> {
    await Promise.reject(new Error('Going back means restoring a backup.'));
  }
}
