import type { Language } from '../mail/mail-text.js';
import type { Placeholders } from '../mail/mail-markdown.js';

const zh: Placeholders = {
  recipientName: '示例乙',
  tourName: '全国巡回交流会',
  stopName: '成都站',
  cityName: '成都',
  venueName: '会展中心',
  date: '2027年1月16日 周六',
  time: '09:00–18:00 (北京时间)',
  companyName: '示例企业 001',
  seats: '3',
  waitlistPosition: '2',
  previousDate: '2027年1月9日 周六',
  previousTime: '09:00–18:00 (北京时间)',
  badge: '0123456789ABCDEFGHJKMNPQRSTVWXYZ',
  days: '7',
  sessionTitle: '示例议题',
  partnerName: '示例企业 002',
  meetingDate: '2027年1月16日 周六',
  meetingTime: '10:00–10:20',
  tableNo: '7',
};

const en: Placeholders = {
  ...zh,
  recipientName: 'Li Lei',
  tourName: 'National Tour',
  stopName: 'Chengdu',
  cityName: 'Chengdu',
  venueName: 'Convention Centre',
  date: 'Saturday, 16 January 2027',
  time: '09:00–18:00 (Beijing time)',
  companyName: 'Example Technology Ltd',
  previousDate: 'Saturday, 9 January 2027',
  previousTime: '09:00–18:00 (Beijing time)',
  sessionTitle: 'An example',
  partnerName: 'Example Data Ltd',
  meetingDate: 'Saturday, 16 January 2027',
};

/** For previews: nothing in them is anybody's. */
export function sampleValues(language: Language, publicUrl: string): Placeholders {
  return { ...(language === 'zh' ? zh : en), link: publicUrl };
}
