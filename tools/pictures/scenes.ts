import { usccWithCheck } from '#reference-data';
import type { RunningSystem } from '../dev/system/start-system.js';

/** What the pictures show beside the demo's stop: the next stop, and a company that comes to it. */
export interface Scenes {
  readonly url: string;
  readonly organizerKey: string;
  readonly tourId: string;
  /** The demo's stop, full and with a timetable. */
  readonly stopId: string;
  readonly companyKey: string;
  readonly registrationId: string;
  /** The address of a door pass of the next stop, and the badges of its delegates. */
  readonly pass: string;
  readonly badges: readonly string[];
}

const people = ['示例甲', '示例丁', '示例丙', '陈杰'];
const dayMs = 86_400_000;

export async function prepareScenes({ url, organizerKey }: RunningSystem): Promise<Scenes> {
  const organizer = new Caller(url, organizerKey);
  const tour = await organizer.first<{ id: string }>('/v1/tours');
  const stop = await organizer.first<{ id: string; endsAt: string }>(`/v1/tours/${tour.id}/stops`);
  const next = await nextStop(organizer, tour.id, Date.parse(stop.endsAt));
  const { apiKey } = await new Caller(url).post<{ apiKey: string }>('/v1/companies', {
    name: { zh: '示例企业 001', en: 'Example Technology' },
    uscc: usccWithCheck('91330100MA2CXXXX8'.replace(/X/g, '0')),
    contact: { name: people[0], email: 'contact@example.com' },
  });
  const company = new Caller(url, apiKey);
  const registration = await company.post<{ id: string; delegates: { badge: string }[] }>(
    `/v1/stops/${next}/registrations`,
    {
      delegates: people.map((name, at) => ({
        name,
        email: `guest-${at}@example.com`,
        jobTitle: '数据工程师',
      })),
    },
  );
  const pass = await organizer.post<{ url: string }>(`/v1/stops/${next}/door-passes`, { label: '东门' });
  return {
    url,
    organizerKey,
    tourId: tour.id,
    stopId: stop.id,
    companyKey: apiKey,
    registrationId: registration.id,
    pass: pass.url,
    badges: registration.delegates.slice(0, 3).map(({ badge }) => badge),
  };
}

async function nextStop(organizer: Caller, tourId: string, afterMs: number): Promise<string> {
  const at = (days: number, hours: number) =>
    new Date(afterMs + days * dayMs + hours * 3_600_000).toISOString();
  const { id } = await organizer.post<{ id: string }>(`/v1/tours/${tourId}/stops`, {
    name: { zh: '杭州站', en: 'Hangzhou' },
    city: { code: '330100' },
    venue: { name: { zh: '杭州示例会场', en: 'Example venue in Hangzhou' } },
    timeZone: 'Asia/Shanghai',
    startsAt: at(14, -8),
    endsAt: at(14, 0),
    capacity: 180,
    registration: { opensAt: new Date(Date.now() - dayMs).toISOString(), closesAt: at(12, 0) },
  });
  await organizer.post(`/v1/stops/${id}/publish`, {});
  return id;
}

class Caller {
  constructor(
    private readonly url: string,
    private readonly key?: string,
  ) {}

  async first<Item>(path: string): Promise<Item> {
    const { items } = await this.send<{ items: Item[] }>('GET', path);
    const [first] = items;
    if (first === undefined) throw new Error(`${path} is empty.`);
    return first;
  }

  post<Answer>(path: string, body: unknown): Promise<Answer> {
    return this.send('POST', path, body);
  }

  private async send<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(this.key === undefined ? {} : { authorization: `Bearer ${this.key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text}`);
    return JSON.parse(text) as Answer;
  }
}
