import type { ApiClient, Answer } from './client.js';

/** What the owners of a stop's or a tour's things say of them. */
export interface Exported {
  readonly registrations: readonly {
    readonly companyId: string;
    readonly status: string;
    readonly seats: number;
    readonly came: boolean;
  }[];
  /** Companies with a listing of the tour that was ever published. */
  readonly listed: ReadonlySet<string>;
  readonly meetings: readonly {
    readonly id: string;
    readonly status: string;
    readonly endsAt: string | null;
  }[];
  readonly followUps: readonly {
    readonly meetingId: string | null;
    readonly steps: readonly { readonly stage: string; readonly confirmedAt: string | null }[];
  }[];
  readonly totals: Readonly<Record<'sessions' | 'members' | 'cases' | 'papers', number>>;
}

const accepted = ['accepted', 'scheduled', 'held', 'missed', 'cancelled', 'unplaced'];
const placed = ['scheduled', 'held', 'missed'];
const secondContactMs = 90 * 24 * 3_600_000;

/** The figures as api.md defines them, counted anew by plain loops; nothing of the service is used. */
export function recount({ registrations, listed, meetings, followUps, totals }: Exported) {
  const companiesOf = (rows: Exported['registrations']) => new Set(rows.map(({ companyId }) => companyId));
  const confirmed = registrations.filter(({ status }) => status === 'confirmed');
  const attended = companiesOf(confirmed.filter(({ came }) => came));
  const held = meetings.filter(({ status }) => status === 'held');
  const stepsOf = (meetingId: string) =>
    followUps
      .filter((one) => one.meetingId === meetingId)
      .flatMap(({ steps }) => steps.filter(({ confirmedAt }) => confirmedAt !== null));
  const again = held.filter(({ id, endsAt }) =>
    stepsOf(id).some(
      ({ stage, confirmedAt }) =>
        stage !== 'ended' && Date.parse(confirmedAt ?? '') <= Date.parse(endsAt ?? '') + secondContactMs,
    ),
  );
  const reached = (stages: readonly string[]) =>
    again.filter(({ id }) => stepsOf(id).some(({ stage }) => stages.includes(stage)));
  const figures = [
    ['registered', companiesOf(confirmed).size, companiesOf(registrations).size],
    ['attended', attended.size, companiesOf(confirmed).size],
    ['listed', [...attended].filter((id) => listed.has(id)).length, attended.size],
    ['asked', meetings.length, meetings.length],
  ] as [string, number, number][];
  const chain = [
    ['accepted', meetings.filter(({ status }) => accepted.includes(status)).length],
    ['placed', meetings.filter(({ status }) => placed.includes(status)).length],
    ['held', held.length],
    ['secondContact', again.length],
    ['cooperation', reached(['trial', 'agreed', 'delivered']).length],
    ['agreement', reached(['agreed', 'delivered']).length],
  ] as [string, number][];
  for (const [stage, count] of chain) figures.push([stage, count, figures.at(-1)?.[1] ?? 0]);
  return {
    funnel: figures.map(([stage, numerator, denominator], at) => ({
      stage,
      unit: at < 3 ? 'companies' : 'meetings',
      numerator,
      denominator,
    })),
    totals: { delegates: confirmed.reduce((sum, { seats }) => sum + seats, 0), ...totals },
  };
}

/** Reads over the public API what the organizer can read of some stops of a tour, of the ledger all or what is of a stop. */
export async function readExports(
  organizer: ApiClient,
  tourId: string,
  stopIds: readonly string[],
  ledgerOf: string | null,
): Promise<Exported> {
  const all = (path: string) => everyItem(organizer, path);
  const ofStops = async (path: (stopId: string) => string) =>
    (await Promise.all(stopIds.map((stopId) => all(path(stopId))))).flat();
  const announced = async (path: string) => (await all(path)).filter(({ state }) => state === 'announced');
  const counted = (entries: readonly Entry[]) =>
    notCorrected(entries).filter(({ stopId }) => ledgerOf === null || stopId === ledgerOf).length;
  const batches = await announced(`/v1/tours/${tourId}/membership-batches`);
  const came = new Set(
    (await ofStops((id) => `/v1/stops/${id}/door-list`))
      .filter(({ checkedInAt }) => checkedInAt !== null)
      .map(({ registrationId }) => registrationId as string),
  );
  return {
    registrations: (await ofStops((id) => `/v1/stops/${id}/registrations`)).map(
      ({ id, companyId, status, seats }) => ({ companyId, status, seats, came: came.has(id) }),
    ),
    listed: new Set(
      (await all(`/v1/tours/${tourId}/listings`))
        .filter(({ state }) => state !== 'draft')
        .map(({ companyId }) => companyId as string),
    ),
    meetings: await ofStops((id) => `/v1/stops/${id}/meetings`),
    followUps: await ofStops((id) => `/v1/follow-ups?stopId=${id}`),
    totals: {
      sessions: (await ofStops((id) => `/v1/stops/${id}/sessions?status=scheduled`)).length,
      members: counted(batches.flatMap(membersOf)),
      cases: counted(await announced(`/v1/tours/${tourId}/cases`)),
      papers: counted(await announced(`/v1/tours/${tourId}/papers`)),
    },
  };
}

interface Entry {
  readonly id: string;
  readonly stopId: string | null;
  readonly corrects: string | null;
}

function membersOf({ stopId, members }: Answer['body']): Entry[] {
  return members.map((member: Entry) => ({ ...member, stopId }));
}

/** A correction counts in place of the entry that it corrects. */
function notCorrected(entries: readonly Entry[]): Entry[] {
  const corrected = new Set(entries.map(({ corrects }) => corrects));
  return entries.filter(({ id }) => !corrected.has(id));
}

async function everyItem(client: ApiClient, path: string): Promise<Answer['body'][]> {
  const items: Answer['body'][] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const next = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const { status, body }: Answer = await client.get(
      `${path}${path.includes('?') ? '&' : '?'}limit=200${next}`,
    );
    if (status !== 200) throw new Error(`${path} was answered with ${status}: ${JSON.stringify(body)}`);
    items.push(...body.items);
    cursor = body.nextCursor;
  }
  return items;
}
