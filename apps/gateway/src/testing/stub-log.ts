import {
  feedSubject,
  type FeedOwner,
  type InputOf,
  type OutputOf,
  type PublicEvent,
  type readFeeds,
} from '#contracts';
import { sendSignal, type Broker } from '#messaging';

type Page = OutputOf<typeof readFeeds>['feeds'][number];

/** The log as notifications keeps it, in memory. */
export class StubLog {
  private readonly messages: { seq: number; owner: string; event: PublicEvent }[] = [];
  private prunedSeq = 0;
  /** How many requests read from it. */
  reads = 0;
  /** Whether readers are woken up; they look by themselves as well. */
  signals = true;

  constructor(private readonly broker: Broker) {}

  /** Appends an event of an owner. Numbers have gaps, as those of a sequence have. */
  append(owner: FeedOwner, subject: string, type = 'registration.confirmed', data: object = {}): PublicEvent {
    const seq = (this.messages.at(-1)?.seq ?? this.prunedSeq) + 1 + (this.messages.length % 3);
    const id = `01980000-0000-7000-8000-${String(seq).padStart(12, '0')}`;
    const event: PublicEvent = {
      specversion: '1.0',
      id,
      source: '/waystop',
      type,
      time: new Date().toISOString(),
      subject,
      datacontenttype: 'application/json',
      data: { ...data },
    };
    this.messages.push({ seq, owner: feedSubject(owner), event });
    if (this.signals) sendSignal(this.broker, feedSubject(owner));
    return event;
  }

  /** Keeps nothing of what there is. */
  prune(): void {
    this.prunedSeq = this.messages.at(-1)?.seq ?? 0;
    this.messages.length = 0;
  }

  read({ feeds, limit }: InputOf<typeof readFeeds>): OutputOf<typeof readFeeds> {
    this.reads += 1;
    return { feeds: feeds.map(({ owner, after }) => this.page(feedSubject(owner), after, limit)) };
  }

  private page(owner: string, after: Feed['after'], limit: number): Page {
    const end = this.messages.at(-1)?.seq ?? this.prunedSeq;
    const from = after === null ? end : this.seqOf(after);
    const isLost = from === undefined || from < this.prunedSeq || from > end;
    const first = isLost ? end : from;
    const found = this.messages.filter((one) => one.owner === owner && one.seq > first).slice(0, limit);
    const more = found.length === limit;
    return {
      items: found.map(({ seq, event }) => ({ seq: String(seq), event })),
      position: String(more ? (found.at(-1)?.seq ?? first) : end),
      more,
      lost: isLost,
    };
  }

  private seqOf(after: string | { seq: string }): number | undefined {
    if (typeof after !== 'string') return Number(after.seq);
    const byId = this.messages.find(({ event }) => event.id === after)?.seq;
    if (byId !== undefined || /^[\w-]{36}$/.test(after)) return byId;
    const [seq] = JSON.parse(Buffer.from(after, 'base64url').toString()) as [string];
    return Number(seq);
  }
}

type Feed = InputOf<typeof readFeeds>['feeds'][number];
