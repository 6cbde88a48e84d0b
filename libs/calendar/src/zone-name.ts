/** What people call a time zone, where they have a name for it; else its name in the IANA database. */
export function zoneName(timeZone: string, language: 'zh' | 'en'): string {
  if (timeZone === 'Asia/Shanghai') return language === 'zh' ? '北京时间' : 'Beijing time';
  return timeZone;
}
