import { Injectable } from '@nestjs/common';
import {
  Problem,
  type Caller,
  type InputOf,
  type NotificationSettings,
  type updateNotificationSettings,
} from '#contracts';
import type { CallContext } from '#messaging';
import { Database, UnitOfWork, refuseStaleVersion } from '#persistence';
import { defaultSettings, presentSettings, type SettingsRecord } from './settings-record.js';
import { SettingsRepository } from './settings.repository.js';

type Patch = InputOf<typeof updateNotificationSettings>['body'];

/** How each organization wants to write. */
@Injectable()
export class SettingsService {
  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly settings: SettingsRepository,
  ) {}

  async get(caller: Caller): Promise<NotificationSettings> {
    return presentSettings(await this.of(organizationOf(caller)));
  }

  async of(organizationId: string): Promise<SettingsRecord> {
    return (await this.findAll([organizationId])).get(organizationId) ?? defaultSettings(organizationId);
  }

  findAll(organizationIds: Iterable<string>): Promise<ReadonlyMap<string, SettingsRecord>> {
    return this.settings.find(this.database, [...new Set(organizationIds)]);
  }

  async update(call: CallContext, patch: Patch): Promise<NotificationSettings> {
    const organizationId = organizationOf(call.caller);
    return this.unitOfWork.run(call, async (tx) => {
      const before = await this.settings.lock(tx.manager, organizationId);
      refuseStaleVersion(call, before.version);
      const after = patched(before, patch);
      await this.settings.update(tx.manager, after);
      await this.settings.makeRemindersDue(tx.manager, organizationId);
      return presentSettings(after);
    });
  }
}

/** `null` goes back to the default, but where it means something itself. */
function patched(before: SettingsRecord, patch: Patch): SettingsRecord {
  const defaults = defaultSettings(before.organizationId);
  return {
    ...before,
    replyTo: patch.replyTo === undefined ? before.replyTo : patch.replyTo,
    defaultLanguage: patch.defaultLanguage === undefined ? before.defaultLanguage : patch.defaultLanguage,
    quietHours: patch.quietHours === undefined ? before.quietHours : patch.quietHours,
    calendarMode:
      patch.calendarMode === undefined ? before.calendarMode : (patch.calendarMode ?? defaults.calendarMode),
    reminders: patch.reminders === undefined ? before.reminders : (patch.reminders ?? defaults.reminders),
    version: before.version + 1,
  };
}

/** @throws Problem `auth.forbidden` unless the caller is an organizer */
export function organizationOf({ role, organizationId }: Caller): string {
  if (role === 'organizer' && organizationId !== undefined) return organizationId;
  throw new Problem('auth.forbidden', 'Mails are for organizers.');
}
