import {
  ApiClient,
  delegates,
  inDays,
  must,
  publishedStop,
  signUpCompany,
  type SignedUp,
} from '../support/client.js';
import { sharedSystem } from '../support/shared-system.js';

/** A stop that is under way, so that meetings can be planned and those of the morning have begun. */
export interface MeetingStop {
  readonly url: string;
  readonly organizer: ApiClient;
  readonly organizerKey: string;
  readonly stopId: string;
  readonly tourId: string;
  readonly startsAt: string;
  readonly companies: readonly SignedUp[];
  /** Their names in Chinese. */
  readonly names: readonly string[];
}

export async function prepareMeetingStop(companies: number): Promise<MeetingStop> {
  const { url, organizerKey } = await sharedSystem();
  const organizer = new ApiClient(url, organizerKey);
  const startsAt = inDays(0, -2);
  // Whatever the hour, its ten hours are on one day of its clock.
  const hour = new Date(inDays(0)).getUTCHours();
  const timeZone = hour >= 2 && hour <= 15 ? 'UTC' : 'Pacific/Auckland';
  const stop = await publishedStop(organizer, {
    timeZone,
    startsAt,
    endsAt: inDays(0, 8),
    capacity: 100,
    registration: { closesAt: inDays(0, 6) },
  });
  const guests: SignedUp[] = [];
  const names: string[] = [];
  for (let at = 0; at < companies; at += 1) {
    const guest = await signUpCompany(organizer);
    await must(guest.api.post(`/v1/stops/${stop.id}/registrations`, { delegates: delegates(2) }));
    guests.push(guest);
    names.push((await must(guest.api.get('/v1/companies/me'))).name.zh);
  }
  const { id: stopId, tourId } = stop;
  return { url, organizer, organizerKey, stopId, tourId, startsAt, companies: guests, names };
}

export async function publishListing({ tourId }: MeetingStop, { api }: SignedUp, side: 'offer' | 'need') {
  const title = side === 'offer' ? { zh: '方言语音数据集', en: 'Dialect speech' } : { zh: '采购方言语音' };
  const body = {
    side,
    title,
    text: { zh: '五千小时川渝话录音，已标注，可以商谈授权。' },
    concepts: ['kind.dataset', 'modality.speech', 'task.speech_recognition'],
    publish: true,
  };
  return must(api.post(`/v1/tours/${tourId}/listings`, body));
}

/** A request of one company to another, accepted at once unless it shall wait. */
export async function requestMeeting(
  { stopId }: MeetingStop,
  asker: SignedUp,
  asked: SignedUp,
  isAccepted = true,
): Promise<string> {
  const meeting = await must(
    asker.api.post(`/v1/stops/${stopId}/meetings`, { companyId: asked.id, message: '想了解授权方式' }),
  );
  if (isAccepted) {
    const { items } = await must(asked.api.get(`/v1/stops/${stopId}/registrations`));
    const body = { delegateId: items[0].delegates[0].id, consent: { textVersion: '2026-11' } };
    await must(asked.api.post(`/v1/meetings/${meeting.id}/accept`, body));
  }
  return meeting.id;
}
