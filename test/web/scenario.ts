import { ApiClient, aSession, aStop, inDays, must, newUscc } from '../support/client.js';
import { sharedSystem } from '../support/shared-system.js';

/** A tour with a released timetable, as the public sees it. */
export interface Scenario {
  readonly url: string;
  readonly organizer: ApiClient;
  readonly organizerKey: string;
  readonly tourId: string;
  readonly stopId: string;
  readonly sessionId: string;
}

/** One stop with ten seats, two talks and a timetable of two releases; and one that has only begun to be planned. */
export async function preparePublicTour(): Promise<Scenario> {
  const { url, organizerKey } = await sharedSystem();
  const organizer = new ApiClient(url, organizerKey);
  const tour = await must(
    organizer.post('/v1/tours', {
      name: { zh: '数据要素巡回', en: 'Data on Tour' },
      description: { zh: '## 为什么\n\n- 数据\n- 需求', en: 'Why' },
      partners: [{ name: { zh: '信息协会' }, role: 'host' }],
    }),
  );
  const stop = await must(
    organizer.post(
      `/v1/tours/${tour.id}/stops`,
      aStop({
        description: { zh: '### 亮点\n\n训练数据' },
        travel: { zh: '地铁 1 号线' },
        contact: { name: '李老师', email: 'li@example.org', phone: '13800138000' },
      }),
    ),
  );
  await must(organizer.post(`/v1/stops/${stop.id}/publish`));
  const second = aStop({ name: { zh: '杭州站', en: 'Hangzhou' }, startsAt: inDays(60), endsAt: inDays(61) });
  const later = await must(organizer.post(`/v1/tours/${tour.id}/stops`, second));
  await must(organizer.post(`/v1/stops/${later.id}/publish`));
  const first = await scheduleTalk(organizer, stop, 0, 0);
  await must(organizer.post(`/v1/stops/${stop.id}/timetable/releases`, {}));
  await scheduleTalk(organizer, stop, 1, 1);
  await must(organizer.post(`/v1/stops/${stop.id}/timetable/releases`, { note: '新增一场' }));
  return { url, organizer, organizerKey, tourId: tour.id, stopId: stop.id, sessionId: first };
}

async function scheduleTalk(
  organizer: ApiClient,
  stop: { id: string; startsAt: string; rooms: readonly { id: string }[] },
  number: number,
  room: number,
): Promise<string> {
  const talk = aSession({
    title: { zh: `第 ${number + 1} 场分享`, en: `Talk ${number + 1}` },
    track: number === 0 ? '数据' : '模型',
    speakers: [{ name: '示例甲', email: `speaker-${number}@example.com`, organization: '示例企业' }],
  });
  const { id } = await must(organizer.post(`/v1/stops/${stop.id}/sessions`, talk));
  const startsAt = new Date(Date.parse(stop.startsAt) + number * 3_600_000).toISOString();
  await must(organizer.post(`/v1/sessions/${id}/schedule`, { roomId: stop.rooms[room]?.id, startsAt }));
  return id as string;
}

export interface NewCompany {
  readonly name: string;
  readonly uscc: string;
  readonly email: string;
}

export function aNewCompany(): NewCompany {
  const uscc = newUscc();
  return { name: `示例企业 ${uscc.slice(-6)}`, uscc, email: `contact-${uscc.toLowerCase()}@example.com` };
}
