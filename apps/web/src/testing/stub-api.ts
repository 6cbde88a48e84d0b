import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An API that answers from a table, and fails while `isAway` is set. */
export class StubApi {
  readonly answers = new Map<string, unknown>();
  readonly requests: IncomingMessage[] = [];
  isAway = false;
  private version = 1;
  private readonly server: Server = createServer((request, response) => {
    this.requests.push(request);
    const path = (request.url ?? '').split('?')[0] ?? '';
    const value = this.answers.get(path);
    if (this.isAway) return response.writeHead(503).end('{}');
    if (value === undefined) return response.writeHead(404).end('{}');
    const etag = `"${this.version}"`;
    if (request.headers['if-none-match'] === etag) return response.writeHead(304).end();
    return response.writeHead(200, { 'content-type': 'application/json', etag }).end(JSON.stringify(value));
  });

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  set(path: string, value: unknown): void {
    this.answers.set(path, value);
    this.version += 1;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

export const list = (items: readonly unknown[]) => ({ items, nextCursor: null });

export const aTour = {
  id: 't1',
  organizationId: 'o1',
  name: { zh: '数据巡回', en: 'Data on Tour' },
  description: { zh: '# 介绍\n\n<script>alert(1)</script>' },
  website: null,
  partners: [{ name: { zh: '信息协会' }, role: 'host' }],
  overlappingStops: false,
  speakerTravelMinutes: 240,
  createdAt: '2026-01-01T00:00:00Z',
  version: 1,
};

export const aStop = {
  id: 's1',
  tourId: 't1',
  organizationId: 'o1',
  sequence: 1,
  name: { zh: '杭州站', en: 'Hangzhou' },
  city: { code: '330100', name: { zh: '杭州市', en: 'Hangzhou' } },
  venue: { name: { zh: '会议中心' }, address: null, location: null },
  timeZone: 'Asia/Shanghai',
  startsAt: '2099-01-16T01:00:00Z',
  endsAt: '2099-01-16T10:00:00Z',
  capacity: 200,
  maxDelegatesPerCompany: 10,
  registration: {
    opensAt: '2026-01-01T00:00:00Z',
    closesAt: '2099-01-10T00:00:00Z',
    approval: 'automatic',
    waitlist: true,
    waitlistPolicy: 'strict',
    verifiedOnly: false,
    changesUntil: '2099-01-16T01:00:00Z',
  },
  description: null,
  travel: null,
  contact: null,
  rooms: [{ id: 'r1', name: { zh: '主会场', en: 'Main hall' }, seats: 200 }],
  partners: [],
  status: 'published',
  registrationState: 'open',
  reason: null,
  createdAt: '2026-01-01T00:00:00Z',
  version: 1,
};

export const seats = {
  capacity: 200,
  confirmed: 60,
  pending: 2,
  waitlisted: 0,
  left: 138,
  registrationState: 'open',
};

const session = (id: string, title: string, from: string, to: string, track: string) => ({
  id,
  title: { zh: title },
  abstract: null,
  kind: 'sharing',
  track,
  language: 'zh',
  speakers: [{ name: '示例甲', organization: '甲公司', jobTitle: null }],
  companyId: null,
  roomId: 'r1',
  startsAt: `2099-01-16T${from}:00Z`,
  endsAt: `2099-01-16T${to}:00Z`,
});

export const aTimetable = {
  release: { version: 2, publishedAt: '2026-11-01T00:00:00Z', note: null },
  stop: aStop,
  rooms: aStop.rooms,
  sessions: [
    session('x1', '数据标注', '01:00', '02:00', '数据'),
    session('x2', '模型训练', '02:00', '02:45', '模型'),
  ],
};
