import type { NotificationSettings, calendarModes, mailLanguages } from '#contracts';

/** How an organization writes, as it is stored. */
export interface SettingsRecord {
  readonly organizationId: string;
  readonly replyTo: string | null;
  readonly defaultLanguage: (typeof mailLanguages)[number] | null;
  readonly calendarMode: (typeof calendarModes)[number];
  readonly quietHours: { readonly from: string; readonly to: string } | null;
  readonly reminders: string[];
  readonly version: number;
}

/** Of an organization that never said anything. */
export function defaultSettings(organizationId: string): SettingsRecord {
  return {
    organizationId,
    replyTo: null,
    defaultLanguage: null,
    calendarMode: 'invite',
    quietHours: { from: '21:00', to: '08:00' },
    reminders: ['P7D', 'P1D'],
    version: 1,
  };
}

export function presentSettings({ organizationId, ...settings }: SettingsRecord): NotificationSettings {
  void organizationId;
  return settings;
}
