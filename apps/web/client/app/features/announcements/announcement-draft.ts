import { localized } from '../../form/localized.js';

/** An announcement as it is typed. */
export interface AnnouncementDraft {
  readonly registrations: readonly string[];
  readonly isToSpeakers: boolean;
  readonly sessionId: string;
  readonly checkedIn: string;
  readonly subjectZh: string;
  readonly subjectEn: string;
  readonly textZh: string;
  readonly textEn: string;
}

export const emptyAnnouncement: AnnouncementDraft = {
  registrations: ['confirmed'],
  isToSpeakers: false,
  sessionId: '',
  checkedIn: '',
  subjectZh: '',
  subjectEn: '',
  textZh: '',
  textEn: '',
};

export function announcementBody(draft: AnnouncementDraft) {
  return {
    audience: {
      ...(draft.registrations.length === 0 ? {} : { registrations: draft.registrations }),
      ...(draft.isToSpeakers ? { speakers: true } : {}),
      ...(draft.sessionId === '' ? {} : { sessionId: draft.sessionId }),
      ...(draft.checkedIn === '' ? {} : { checkedIn: draft.checkedIn === 'yes' }),
    },
    subject: localized(draft.subjectZh, draft.subjectEn) ?? {},
    text: localized(draft.textZh, draft.textEn) ?? {},
  };
}

/** Somebody must be meant. */
export const reachesNobody = ({ registrations, isToSpeakers, sessionId }: AnnouncementDraft): boolean =>
  registrations.length === 0 && !isToSpeakers && sessionId === '';
