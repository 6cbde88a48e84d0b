import { zoneName } from '#calendar';
import { publicEvents, type BotLanguage, type PublicEventType } from '#contracts';
import { plainName } from './digest.js';

/** What is known of a message when it is written into a group. */
export interface DigestMessage {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** Names in the robot's language; null where they are not known. */
  readonly stop: string | null;
  readonly company: string | null;
  /** The stop's time zone. */
  readonly timeZone: string;
}

type Words = Readonly<Record<BotLanguage, string>>;

/** What happened, in a few words. A type without a line here is called by its description in the catalogue. */
const words: Readonly<Record<string, Words>> = {
  'company.verified': { zh: '企业已核验', en: 'Company verified' },
  'company.suspended': { zh: '企业已暂停', en: 'Company suspended' },
  'stop.published': { zh: '站点已发布', en: 'Stop published' },
  'stop.changed': { zh: '站点信息有变', en: 'Stop changed' },
  'stop.rescheduled': { zh: '站点已改期', en: 'Stop rescheduled' },
  'stop.cancelled': { zh: '站点已取消', en: 'Stop cancelled' },
  'stop.completed': { zh: '站点已结束', en: 'Stop completed' },
  'registration.confirmed': { zh: '报名成功', en: 'Registration confirmed' },
  'registration.pending': { zh: '报名待审核', en: 'Registration awaits approval' },
  'registration.waitlisted': { zh: '进入候补', en: 'Registration on the waiting list' },
  'registration.promoted': { zh: '候补转正', en: 'Registration promoted from the waiting list' },
  'registration.declined': { zh: '报名未通过', en: 'Registration declined' },
  'registration.cancelled': { zh: '报名已取消', en: 'Registration cancelled' },
  'registration.changed': { zh: '代表团有变', en: 'Delegation changed' },
  'session.proposed': { zh: '收到分享提案', en: 'Session proposed' },
  'session.accepted': { zh: '分享已接受', en: 'Session accepted' },
  'session.rejected': { zh: '分享未接受', en: 'Session rejected' },
  'session.scheduled': { zh: '分享已排期', en: 'Session scheduled' },
  'session.moved': { zh: '分享已调整', en: 'Session moved' },
  'session.unscheduled': { zh: '分享已撤出日程', en: 'Session taken from the timetable' },
  'session.withdrawn': { zh: '分享已撤回', en: 'Session withdrawn' },
  'session.cancelled': { zh: '分享已取消', en: 'Session cancelled' },
  'timetable.released': { zh: '日程已发布', en: 'Timetable released' },
  'check_in.recorded': { zh: '签到', en: 'Check-in' },
  'listing.published': { zh: '供需已发布', en: 'Offer or need published' },
  'listing.removed': { zh: '供需已移除', en: 'Offer or need removed' },
  'meeting.requested': { zh: '收到洽谈请求', en: 'Meeting requested' },
  'meeting.accepted': { zh: '洽谈已接受', en: 'Meeting accepted' },
  'meeting.declined': { zh: '洽谈未接受', en: 'Meeting declined' },
  'meeting.withdrawn': { zh: '洽谈请求已撤回', en: 'Meeting request withdrawn' },
  'meeting.expired': { zh: '洽谈请求已过期', en: 'Meeting request expired' },
  'meeting.scheduled': { zh: '洽谈已排期', en: 'Meeting scheduled' },
  'meeting.moved': { zh: '洽谈已调整', en: 'Meeting moved' },
  'meeting.unscheduled': { zh: '洽谈已撤出日程', en: 'Meeting lost its place' },
  'meeting.cancelled': { zh: '洽谈已取消', en: 'Meeting cancelled' },
  'meeting.unplaced': { zh: '洽谈未能安排', en: 'Meeting found no place' },
  'meeting.held': { zh: '洽谈已进行', en: 'Meeting held' },
  'meeting.missed': { zh: '洽谈缺席', en: 'Meeting missed' },
  'webhook.disabled': { zh: 'Webhook 已停用', en: 'Webhook disabled' },
  'mail.failed': { zh: '邮件未送达', en: 'Mail not delivered' },
};

/** One line of a digest: what, where, who, how many, when, and a link. */
export function digestLine(message: DigestMessage, language: BotLanguage, baseUrl: string): string {
  const { type, data, stop, company, timeZone } = message;
  const parts = [
    `**${titleOf(type, language)}**`,
    stop === null ? null : plainName(stop),
    company === null ? null : plainName(company),
    seatsOf(data, language),
    timeOf(data['startsAt'], timeZone, language),
    linkOf(data, language, baseUrl),
  ];
  return `- ${parts.filter((part) => part !== null).join(' · ')}`;
}

export function moreLine(count: number, language: BotLanguage): string {
  return language === 'zh' ? `- 另有 ${count} 条` : `- and ${count} more`;
}

export function digestTitle(count: number, language: BotLanguage): string {
  if (language === 'zh') return `Waystop：${count} 条消息`;
  return `Waystop: ${count} ${count === 1 ? 'message' : 'messages'}`;
}

function titleOf(type: string, language: BotLanguage): string {
  return words[type]?.[language] ?? publicEvents[type as PublicEventType]?.description ?? type;
}

function seatsOf({ seats, previousSeats }: DigestMessage['data'], language: BotLanguage): string | null {
  if (typeof seats !== 'number') return null;
  const before = typeof previousSeats === 'number' && previousSeats !== seats ? `${previousSeats} → ` : '';
  const word = language === 'zh' ? '席' : seats === 1 ? 'seat' : 'seats';
  return `${before}${seats} ${word}`;
}

function timeOf(instant: unknown, timeZone: string, language: BotLanguage): string | null {
  if (typeof instant !== 'string') return null;
  const form = new Intl.DateTimeFormat(language === 'zh' ? 'zh-CN' : 'en-GB', {
    timeZone,
    month: 'short',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return `${form.format(new Date(instant))} (${zoneName(timeZone, language)})`;
}

function linkOf({ stopId }: DigestMessage['data'], language: BotLanguage, baseUrl: string): string | null {
  if (typeof stopId !== 'string') return null;
  return `[${language === 'zh' ? '查看' : 'Open'}](${baseUrl}/stops/${stopId})`;
}
