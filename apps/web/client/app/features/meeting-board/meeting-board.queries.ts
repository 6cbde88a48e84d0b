import { queryOptions, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { MeetingPlan } from '#contracts/meeting-plans';
import type { Meeting, MeetingAttendance, MeetingRules } from '#contracts/meetings';
import { call } from '../../api/call.js';
import { useLive } from '../../api/live.js';
import { all, registrations, sessions } from '../../api/queries.js';
import { useAct } from '../../ui/act.js';
import { meetingRules, meetings } from '../matching/matching.queries.js';
import { boardOf, guestsOf, instantAt, slotsOf, talksOf, withMove, type Board, type Place } from './board.js';

/** What the companies said of who comes and when; of those that said nothing there is no item. */
export const meetingAttendances = (stopId: string) =>
  queryOptions({
    queryKey: ['meeting-attendances', stopId],
    queryFn: () => all<MeetingAttendance>(`/stops/${stopId}/meeting-attendance`),
    staleTime: 5_000,
  });

const computingMs = 1_000;

export const meetingPlans = (stopId: string) =>
  queryOptions({
    queryKey: ['meeting-plans', stopId],
    queryFn: () => all<MeetingPlan>(`/stops/${stopId}/meeting-plans`),
    refetchInterval: ({ state }) =>
      state.data?.some(({ status }) => status === 'computing') === true ? computingMs : 15_000,
  });

export const meetingPlan = (stopId: string, id: string) =>
  queryOptions({
    queryKey: ['meeting-plan', stopId, id],
    queryFn: () => call<MeetingPlan>('GET', `/plans/${id}`),
    refetchInterval: ({ state }) => (state.data?.status === 'computing' ? computingMs : 15_000),
  });

/** A move that the API has not answered yet. */
interface Move {
  readonly meeting: Meeting;
  readonly to: Place | null;
}

export interface BoardData {
  /** `null` until the organizer has said how companies meet. */
  readonly rules: MeetingRules | null;
  readonly board: Board;
}

/** Everything that the board of a stop is made of, kept as it is at the server. */
export function useBoard(stopId: string, pending: Move | null = null) {
  useLive({ stopId, types: ['meeting.*'], refresh: ['meetings', 'meeting-plans', 'meeting-plan'] });
  const rules = useQuery(meetingRules(stopId));
  const list = useQuery(meetings(stopId));
  const registered = useQuery(registrations(stopId));
  const said = useQuery(meetingAttendances(stopId));
  const talks = useQuery(sessions(stopId));
  const queries = [rules, list, registered, said, talks];
  const data = useMemo((): BoardData | undefined => {
    if (rules.data === undefined || !list.data || !registered.data || !said.data || !talks.data)
      return undefined;
    const slots = slotsOf(rules.data?.starts ?? [], rules.data?.slots.minutes ?? 0);
    const board = boardOf({
      slots,
      tables: rules.data?.tables ?? 0,
      meetings: pending === null ? list.data : withMove(list.data, slots, pending.meeting.id, pending.to),
      guests: guestsOf(registered.data, said.data),
      talks: talksOf(talks.data),
      nowMs: Date.now(),
    });
    return { rules: rules.data, board };
  }, [rules.data, list.data, registered.data, said.data, talks.data, pending]);
  return {
    data,
    error: queries.find(({ error }) => error !== null)?.error ?? null,
    refetch: () => Promise.all(queries.map((one) => one.refetch())),
  };
}

/** Gives a meeting its place, another one, or none. What is under way is shown as if it were done. */
export function useMove(stopId: string, onDone: (move: Move) => void) {
  const client = useQueryClient();
  const [pending, setPending] = useState<Move | null>(null);
  const moving = useAct<Move, Move>({
    run: async (move, idempotencyKey) => {
      setPending(move);
      try {
        await take(client, stopId, await send(move, idempotencyKey));
        return move;
      } finally {
        setPending(null);
      }
    },
    refresh: ['meetings', 'meeting-plans', 'meeting-plan'],
    onDone,
  });
  return { ...moving, pending };
}

function send({ meeting: { id, version }, to }: Move, idempotencyKey: string): Promise<Meeting> {
  if (to === null)
    return call<Meeting>('POST', `/meetings/${id}/unschedule`, { body: {}, idempotencyKey, version });
  const body = { startsAt: instantAt(to.startMs), tableNo: to.tableNo };
  return call<Meeting>('POST', `/meetings/${id}/schedule`, { body, idempotencyKey, version });
}

/** What the API answered is shown at once; an older answer on its way is dropped. */
async function take(client: QueryClient, stopId: string, meeting: Meeting): Promise<void> {
  const { queryKey } = meetings(stopId);
  await client.cancelQueries({ queryKey });
  client.setQueryData(queryKey, (known) => known?.map((one) => (one.id === meeting.id ? meeting : one)));
}
