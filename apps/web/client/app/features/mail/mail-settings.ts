/** Settings of an organization's mails, as the API has them. */
export interface NotificationSettings {
  readonly replyTo: string | null;
  readonly defaultLanguage: 'zh' | 'en' | null;
  readonly calendarMode: 'invite' | 'attach' | 'none';
  readonly quietHours: { readonly from: string; readonly to: string } | null;
  readonly reminders: readonly string[];
  readonly version: number;
}

/** The same as it is typed: days as numbers, hours as two fields. */
export interface SettingsDraft {
  readonly replyTo: string;
  readonly defaultLanguage: string;
  readonly calendarMode: string;
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly reminders: string;
}

export function settingsDraftOf(settings: NotificationSettings): SettingsDraft {
  return {
    replyTo: settings.replyTo ?? '',
    defaultLanguage: settings.defaultLanguage ?? '',
    calendarMode: settings.calendarMode,
    quietFrom: settings.quietHours?.from ?? '',
    quietTo: settings.quietHours?.to ?? '',
    reminders: settings.reminders.map((one) => one.replace(/\D/g, '')).join(', '),
  };
}

export function settingsBody(draft: SettingsDraft) {
  const hasQuiet = draft.quietFrom !== '' || draft.quietTo !== '';
  return {
    replyTo: draft.replyTo.trim() === '' ? null : draft.replyTo.trim(),
    defaultLanguage: draft.defaultLanguage === '' ? null : draft.defaultLanguage,
    calendarMode: draft.calendarMode,
    quietHours: hasQuiet ? { from: draft.quietFrom, to: draft.quietTo } : null,
    reminders: draft.reminders
      .normalize('NFKC')
      .split(/[\s,、;]+/)
      .filter((one) => one !== '')
      .map((one) => `P${one}D`),
  };
}
