import { lang } from '../../words/index.js';

/** What the service itself gives as a reason, in English; all others are people's own words. */
const chinese: Readonly<Record<string, string>> = {
  'The new plan of the organizer has no place for it.': '主办方的新方案里没有它的位置。',
  'A delegate signed up for a session at this time.': '参加者在这个时间报名了一场分享。',
  'A session of a delegate is at this time.': '参加者在这个时间有自己的分享。',
  'A company does not come to the stop any more.': '有一家企业不再参加这一站。',
  'The stop was cancelled.': '这一站已取消。',
  'The stop was rescheduled, and the slot is no longer inside it.': '这一站改期后，原来的时段不在其中了。',
};

export const reasonWords = (reason: string): string => (lang === 'zh' ? (chinese[reason] ?? reason) : reason);
