import { Injectable } from '@nestjs/common';
import type { Reader, Transaction } from '#persistence';
import { defaultSettings, type SettingsRecord } from './settings-record.js';

const columns = `organization_id AS "organizationId", reply_to AS "replyTo", default_language AS "defaultLanguage",
  calendar_mode AS "calendarMode", quiet_from AS "from", quiet_to AS "to", reminders, version`;

type Row = Omit<SettingsRecord, 'quietHours'> & { from: string | null; to: string | null };

/** The rows of organizations' settings; who has none has the defaults. */
@Injectable()
export class SettingsRepository {
  async find(
    manager: Reader,
    organizationIds: readonly string[],
  ): Promise<ReadonlyMap<string, SettingsRecord>> {
    const rows = (await manager.query(
      `SELECT ${columns} FROM notification_settings WHERE organization_id = ANY ($1::uuid[])`,
      [organizationIds],
    )) as Row[];
    const known = new Map(rows.map((row) => [row.organizationId, recordOf(row)]));
    return new Map(organizationIds.map((id) => [id, known.get(id) ?? defaultSettings(id)]));
  }

  /** Locks the row of an organization, which is made where there is none. */
  async lock(manager: Transaction, organizationId: string): Promise<SettingsRecord> {
    await this.insert(manager, defaultSettings(organizationId));
    const [row] = (await manager.query(
      `SELECT ${columns} FROM notification_settings WHERE organization_id = $1 FOR UPDATE`,
      [organizationId],
    )) as [Row];
    return recordOf(row);
  }

  async update(manager: Transaction, record: SettingsRecord): Promise<void> {
    await manager.query(
      `UPDATE notification_settings SET reply_to = $2, default_language = $3, calendar_mode = $4, quiet_from = $5,
              quiet_to = $6, reminders = $7, version = $8 WHERE organization_id = $1`,
      valuesOf(record),
    );
  }

  /** When reminders of the organization's stops are due is worked out again. */
  async makeRemindersDue(manager: Transaction, organizationId: string): Promise<void> {
    await manager.query(
      `UPDATE mail_topics SET due_at = now(), revision = revision + 1 WHERE family = 'stop' AND organization_id = $1`,
      [organizationId],
    );
  }

  private async insert(manager: Transaction, record: SettingsRecord): Promise<void> {
    await manager.query(
      'INSERT INTO notification_settings VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING',
      valuesOf(record),
    );
  }
}

function valuesOf({
  organizationId,
  replyTo,
  defaultLanguage,
  calendarMode,
  quietHours,
  reminders,
  version,
}: SettingsRecord) {
  const quiet = [quietHours?.from ?? null, quietHours?.to ?? null];
  return [organizationId, replyTo, defaultLanguage, calendarMode, ...quiet, reminders, version];
}

function recordOf({ from, to, ...row }: Row): SettingsRecord {
  return { ...row, quietHours: from === null || to === null ? null : { from, to } };
}
