import type { Session } from '#contracts/sessions';

/** An accepted session of half an hour with one speaker; single members can be set. */
export function aSession(over: Partial<Session> = {}): Session {
  return {
    id: 'a',
    stopId: 'stop',
    companyId: null,
    title: { zh: '分享' },
    abstract: null,
    track: null,
    kind: 'sharing',
    durationMinutes: 30,
    speakers: [{ name: '示例甲', email: 'wang@example.com', organization: null, jobTitle: null }],
    language: null,
    status: 'accepted',
    roomId: null,
    startsAt: null,
    endsAt: null,
    reason: null,
    createdAt: '2027-01-01T00:00:00Z',
    version: 1,
    ...over,
  };
}

/** A scheduled session; it starts on 16 January 2027 at this time of UTC. */
export function aScheduled(id: string, roomId: string, time: string, over: Partial<Session> = {}): Session {
  const startsAt = `2027-01-16T${time}:00Z`;
  const minutes = over.durationMinutes ?? 30;
  const endsAt = new Date(Date.parse(startsAt) + minutes * 60_000).toISOString().replace('.000Z', 'Z');
  const speakers = [{ name: id, email: `${id}@example.com`, organization: null, jobTitle: null }];
  return aSession({ id, status: 'scheduled', roomId, startsAt, endsAt, speakers, ...over });
}
