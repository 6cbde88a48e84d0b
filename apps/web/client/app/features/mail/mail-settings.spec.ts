import { describe, expect, it } from '@jest/globals';
import { settingsBody, settingsDraftOf } from './mail-settings.js';

const settings = {
  replyTo: 'team@example.org',
  defaultLanguage: null,
  calendarMode: 'invite' as const,
  quietHours: { from: '21:00', to: '08:00' },
  reminders: ['P7D', 'P1D'],
  version: 1,
};

describe('settings of mails as they are typed', () => {
  it('come back as they were', () => {
    const { version: _, ...body } = settings;
    expect(settingsBody(settingsDraftOf(settings))).toEqual(body);
  });

  it('understand what a keyboard for Chinese makes of days', () => {
    const draft = { ...settingsDraftOf(settings), reminders: '７、１，3' };
    expect(settingsBody(draft).reminders).toEqual(['P7D', 'P1D', 'P3D']);
  });

  it('have no quiet hours where both are empty', () => {
    const draft = { ...settingsDraftOf(settings), quietFrom: '', quietTo: '', reminders: '' };
    expect(settingsBody(draft)).toMatchObject({ quietHours: null, reminders: [] });
  });
});
