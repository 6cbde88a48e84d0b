import { full, noDelete, type TableGrants } from '#persistence';
import type { ServiceDefinition } from '#service';
import { notificationsSettings, type NotificationsConfig } from './config.js';
import { notificationsDataSource } from './data-source.js';
import { mailFaults } from './mail/mail-settings.js';

/** What the running service may do with each of its tables. */
const grants: TableGrants = {
  stops: noDelete,
  aggregates: noDelete,
  // Old messages are pruned; none ever changes. Locking a row needs the right to change it, and nobody locks one.
  messages: 'SELECT, INSERT, DELETE',
  log_state: noDelete,
  webhooks: full,
  lanes: full,
  deliveries: full,
  bots: full,
  mail_topics: noDelete,
  calendar_uids: noDelete,
  notices: full,
  digest_items: full,
  mail_state: noDelete,
  suppressions: full,
  unsubscribed: noDelete,
  notification_settings: noDelete,
  mail_templates: full,
  announcements: noDelete,
};

export const service: ServiceDefinition = {
  name: 'notifications',
  settings: notificationsSettings,
  settingsFaults: mailFaults,
  findings: async (config: NotificationsConfig) => [
    ...(await (await import('./mail/mail-findings.service.js')).mailFindings(config)),
    ...(await (await import('./egress/egress.findings.js')).egressFindings()),
  ],
  database: {
    dataSource: notificationsDataSource,
    grants,
    replayables: [],
    afterRestore: [
      // What happened between the backup and its restoration was published before the restoration.
      'UPDATE log_state SET following_since = now()',
      // Mails that waited then have been sent, or came too late.
      `UPDATE notices SET state = 'dropped', reason = 'planned before a restored backup', at = now()
        WHERE state IN ('planned', 'sending', 'deferred')`,
      `UPDATE mail_topics SET due_at = NULL, news = '{}' WHERE family NOT LIKE 'reminder-%'`,
      // Readers know numbers of the time that is undone, and none of them is given twice: the next lie higher than any that
      // could have been given until now, if there were no more than ten thousand a second.
      `SELECT setval(pg_get_serial_sequence('messages', 'seq'),
                     greatest(coalesce(max(seq), 1), (extract(epoch FROM now()) * 10000)::bigint)) FROM messages`,
    ],
  },
  commands: { mail: async () => (await import('./sending/mail-hold.command.js')).holdMails },
  module: async () => (await import('./app.module.js')).AppModule,
};
