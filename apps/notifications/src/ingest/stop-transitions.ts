import { createHash } from 'node:crypto';
import type { StopState } from '#contracts';
import type { PublicMessage } from '../log/public-message.js';

/** What is kept of a stop to tell what changed: no texts, and nothing of its contact. */
export interface StopSnapshot {
  readonly status: StopState['status'];
  readonly published: boolean;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly moves: number;
  /** A hash of everything that the public sees. */
  readonly shown: string;
  /** A hash of name and place, of which mails tell; absent in states that were kept by earlier releases. */
  readonly place?: string;
}

export function stopSnapshot(state: StopState): StopSnapshot {
  const { status, published, startsAt, endsAt, moves } = state;
  return {
    status,
    published,
    startsAt,
    endsAt,
    moves: moves.length,
    shown: hashOfShown(state),
    place: hashOfPlace(state),
  };
}

function hashOfPlace({ name, venue, city, timeZone }: StopState): string {
  return hashOf({ name, venue, city, timeZone });
}

/** Members that the public does not see, or that have messages of their own. */
function hashOfShown(state: StopState): string {
  const { version, status, published, startsAt, endsAt, moves, cancelReason, ...shown } = state;
  void [version, status, published, startsAt, endsAt, moves, cancelReason];
  return hashOf(shown);
}

function hashOf(value: object): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(value)))
    .digest('base64url');
}

/** The same value with its members in the order of their names: equal states have equal texts. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(members.map(([name, member]) => [name, sorted(member)]));
}

const endings = { cancelled: 'stop.cancelled', completed: 'stop.completed' } as const;

/**
 * The messages of a stop's way from one state to the next. States may be skipped, since of several events only the newest
 * may arrive; what happened in between is then published together. Drafts are never published.
 */
export function stopTransitions(previous: StopSnapshot | null, state: StopState): PublicMessage[] {
  const next = stopSnapshot(state);
  if (!next.published) return [];
  const messages: PublicMessage[] = [];
  const add = (type: Extract<PublicMessage['type'], `stop.${string}`>) =>
    messages.push(messageOf(type, previous, state));
  const wasPublished = previous?.published === true;
  if (!wasPublished) add('stop.published');
  else if (next.moves > previous.moves) add('stop.rescheduled');
  const ending = next.status === 'cancelled' || next.status === 'completed' ? endings[next.status] : null;
  if (ending !== null && previous?.status !== next.status) add(ending);
  if (wasPublished && messages.length === 0 && previous.shown !== next.shown) add('stop.changed');
  return messages;
}

function messageOf(
  type: Extract<PublicMessage['type'], `stop.${string}`>,
  previous: StopSnapshot | null,
  state: StopState,
): PublicMessage {
  const moved = type === 'stop.rescheduled';
  return {
    type,
    subject: `stop/${state.id}`,
    scope: { organizationId: state.organizationId, companyId: null, stopId: state.id, public: true },
    data: {
      stopId: state.id,
      tourId: state.tourId,
      status: state.status,
      previousStatus: previous?.status ?? null,
      startsAt: state.startsAt,
      endsAt: state.endsAt,
      previousStartsAt: moved ? (previous?.startsAt ?? null) : null,
      previousEndsAt: moved ? (previous?.endsAt ?? null) : null,
      capacity: state.capacity,
      version: state.version,
      href: `/v1/stops/${state.id}`,
    },
  };
}
