import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { BlockedTime, Session } from '#contracts/sessions';
import { ApiProblem, call, newIdempotencyKey } from '../../api/call.js';
import { useEventStream } from '../../api/live.js';
import { all } from '../../api/queries.js';
import { movedByOthers, newest } from './colleagues.js';
import { planWith, type Move, type PendingMove } from './moves.js';
import { isSamePlace, placeOf } from './place.js';
import { PlanStore, type PlanState } from './plan-store.js';

const [pollMs, pollWhileLiveMs] = [10_000, 60_000];
const sessionEvents = ['session.*'];
/** Two who plan at once see each other's moves sooner than a door its guests. */
const eventBurstMs = 150;
/** How long what a colleague moved is marked. */
const markedMs = 8_000;

const planKey = (stopId: string) => ['sessions', stopId, 'plan'] as const;

/** The plan of a stop as it is on the screen, and what can be done to it. */
export interface Plan {
  readonly sessions: readonly Session[];
  readonly state: PlanState;
  readonly isLive: boolean;
  /** What others have just moved. */
  readonly news: readonly Session[];
  /** @param seen the session as its mover saw it: what a colleague did since is asked about */
  readonly make: (move: Move, seen: Session) => void;
  readonly undo: () => void;
  readonly redo: () => void;
  readonly store: PlanStore;
}

export interface PlanQuery {
  readonly data: Plan | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

/** @param who acts: what somebody else left in this browser is not sent in another's name */
export function usePlan(stopId: string, who: string): PlanQuery {
  const client = useQueryClient();
  const store = useMemo(() => storeOf(client, stopId, who), [client, stopId, who]);
  const state = useSyncExternalStore(store.subscribe, store.snapshot);
  const refresh = (): void => void client.invalidateQueries({ queryKey: planKey(stopId) });
  const isLive = useEventStream({ stopId, types: sessionEvents, togetherMs: eventBurstMs }, refresh);
  const query = useQuery({
    queryKey: planKey(stopId),
    queryFn: async () => {
      const fetched = await all<Session>(`/stops/${stopId}/sessions`, '&status=accepted,scheduled');
      return newest(client.getQueryData<Session[]>(planKey(stopId)), fetched);
    },
    refetchInterval: isLive ? pollWhileLiveMs : pollMs,
  });
  const news = useNews(query.data, stopId);
  useUnsaved(store, state.moves.pending.length);
  if (query.data === undefined) return { data: undefined, error: query.error, refetch: query.refetch };
  const sessions = planWith(query.data, state.moves.pending);
  const find = (id: string) => sessions.find((one) => one.id === id);
  const plan = {
    sessions,
    state,
    isLive,
    news,
    make: (move: Move, seen: Session) => store.make(move, seen),
    undo: () => store.undo(find),
    redo: () => store.redo(find),
    store,
  };
  return { data: plan, error: null, refetch: query.refetch };
}

/** When the service says a session can't start; asked once it is lifted. */
export function useBlockedTimes(session: Session | null): readonly BlockedTime[] {
  const query = useQuery({
    queryKey: ['blocked-times', session?.id, session?.version],
    queryFn: () => all<BlockedTime>(`/sessions/${session?.id}/blocked-times`),
    enabled: session !== null,
    staleTime: 5_000,
  });
  return query.data ?? [];
}

/** One for each stop of a visit: it goes on sending while another screen is open. */
const stores = new Map<string, PlanStore>();
const ownVersions = new Set<string>();
const versionOf = ({ id, version }: Session): string => `${id} ${version}`;

function storeOf(client: QueryClient, stopId: string, who: string): PlanStore {
  const name = `plan ${stopId} ${who}`;
  const known = stores.get(name);
  if (known !== undefined) return known;
  const store = new PlanStore(name, {
    send,
    read: (id) => call<Session>('GET', `/sessions/${id}`),
    onSaved: (sessions) => take(client, stopId, sessions),
    newKey: newIdempotencyKey,
    storage: sessionStorage,
  });
  stores.set(name, store);
  return store;
}

async function send({ key, move, version }: PendingMove): Promise<readonly Session[]> {
  const path = `/sessions/${move.sessionId}`;
  const options = { idempotencyKey: key, version };
  if (move.kind === 'swap') return swap(move, options);
  const session =
    move.to === null
      ? await call<Session>('POST', `${path}/unschedule`, { ...options, body: {} })
      : await call<Session>('POST', `${path}/schedule`, { ...options, body: move.to });
  return own([session]);
}

/** `If-Match` speaks of the first of the two, so the other one is looked at before. A swap that was made already is answered again. */
async function swap(
  { sessionId, withId, from, to }: Extract<Move, { kind: 'swap' }>,
  options: { idempotencyKey: string; version: number },
): Promise<readonly Session[]> {
  const place = placeOf(await call<Session>('GET', `/sessions/${withId}`));
  if (!isSamePlace(place, to) && !isSamePlace(place, from))
    throw new ApiProblem(409, 'precondition.failed', '', []);
  const first = await call<Session>('POST', `/sessions/${sessionId}/swap`, { ...options, body: { withId } });
  return own([first, await call<Session>('GET', `/sessions/${withId}`)]);
}

function own(sessions: readonly Session[]): readonly Session[] {
  for (const one of sessions) ownVersions.add(versionOf(one));
  return sessions;
}

/** What the service answered becomes the plan at once; an older answer on its way is dropped. */
async function take(client: QueryClient, stopId: string, sessions: readonly Session[]): Promise<void> {
  const queryKey = planKey(stopId);
  await client.cancelQueries({ queryKey });
  client.setQueryData<Session[]>(queryKey, (known) => {
    const changed = new Map(sessions.map((one) => [one.id, one]));
    return known?.map((one) => changed.get(one.id) ?? one);
  });
  void client.invalidateQueries({ queryKey: ['sessions', stopId], exact: true, refetchType: 'none' });
}

function useNews(sessions: readonly Session[] | undefined, stopId: string): readonly Session[] {
  const [news, setNews] = useState<readonly Session[]>([]);
  const before = useRef<{ stopId: string; sessions: readonly Session[] } | null>(null);
  useEffect(() => {
    if (sessions === undefined) return undefined;
    const earlier = before.current;
    before.current = { stopId, sessions };
    if (earlier?.stopId !== stopId) return undefined;
    const moved = movedByOthers(earlier.sessions, sessions, (one) => ownVersions.has(versionOf(one)));
    if (moved.length === 0) return undefined;
    const ids = new Set(moved.map(({ id }) => id));
    setNews((now) => [...now.filter(({ id }) => !ids.has(id)), ...moved]);
    setTimeout(() => setNews((now) => now.filter((one) => !moved.includes(one))), markedMs);
    return undefined;
  }, [sessions, stopId]);
  return news;
}

/** What is not saved is sent again after a reload and once there is a connection; leaving before is asked about. */
function useUnsaved(store: PlanStore, count: number): void {
  useEffect(() => {
    const resume = (): void => store.resume();
    resume();
    addEventListener('online', resume);
    return () => removeEventListener('online', resume);
  }, [store]);
  useEffect(() => {
    if (count === 0) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [count]);
}
