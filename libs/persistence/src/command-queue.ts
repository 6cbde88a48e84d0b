import { Problem } from '#contracts';
import { isOutage } from './sql/transient-errors.js';

/** Commands of one batch at most, unless a queue says otherwise. */
export const defaultMaxBatch = 200;
/** Commands that wait at most; the next are refused at once. */
export const defaultMaxWaiting = 5_000;
/** Transactions beside the shared one at most, unless a queue says otherwise: more would only wait for connections. */
export const defaultMaxAlone = 4;

/** How one command ended: its answer, or why there is none. */
export type Decided<Answer> =
  { readonly ok: true; readonly answer: Answer } | { readonly ok: false; readonly error: unknown };

export interface CommandQueueOptions<Command, Answer> {
  /** Decides commands of any groups in one transaction, in their order; throws where the transaction as a whole failed. */
  readonly decide: (commands: readonly Command[]) => Promise<readonly Decided<Answer>[]>;
  /** What a command is about (a stop, a session): commands of one group are decided in the order of their arrival. */
  readonly groupOf?: (command: Command) => string;
  /** Commands with equal keys are never in one batch, so that the second finds the answer of the first. */
  readonly keyOf?: (command: Command) => string | undefined;
  /** When the caller gives up, in milliseconds since the epoch. */
  readonly deadlineOf?: (command: Command) => number;
  /** Whether deciding it may take long: its group is then decided by itself, and no other group waits for it. */
  readonly isLarge?: (command: Command) => boolean;
  readonly maxBatch?: number;
  readonly maxWaiting?: number;
  /** Groups, or without batching commands, that are decided by themselves at the same time at most. */
  readonly maxAlone?: number;
  /** False gives every command a transaction of its own. */
  readonly batching?: boolean;
}

/** With whom a command may share a transaction: with anybody, with its own group, or with nobody. */
type Sharing = 'any' | 'group' | 'none';

interface PendingCommand<Command, Answer> {
  readonly command: Command;
  readonly group: string;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
  sharing: Sharing;
}

/**
 * Collects commands and has them decided together, in one transaction at a time. Nothing waits on purpose: a batch is
 * what arrived while the last one was committing, or what one turn of the event loop brought, since requests arrive in
 * packets. A batch that breaks is decided again group by group, and a group that breaks one by one, so that a command
 * that fails, fails alone.
 */
export class CommandQueue<Command, Answer = void> {
  /** Waiting commands by group; the groups stand in the order in which they are served. */
  private readonly groups = new Map<string, PendingCommand<Command, Answer>[]>();
  /** Groups with a transaction under way. */
  private readonly busy = new Set<string>();
  private waiting = 0;
  private sharedUnderWay = 0;
  private aloneUnderWay = 0;
  private turn: NodeJS.Immediate | undefined;

  constructor(private readonly options: CommandQueueOptions<Command, Answer>) {}

  /** Waits for the decision; rejects with the refusal, or with `service.unavailable` where there is too much to do. */
  submit(command: Command): Promise<Answer> {
    const { groupOf, isLarge, batching = true, maxWaiting = defaultMaxWaiting } = this.options;
    if (this.waiting >= maxWaiting) return Promise.reject(overloaded('Too many requests are waiting.'));
    return new Promise((resolve, reject) => {
      const group = groupOf?.(command) ?? '';
      const sharing = !batching ? 'none' : isLarge?.(command) === true ? 'group' : 'any';
      const pending: PendingCommand<Command, Answer> = { command, group, resolve, reject, sharing };
      const queue = this.groups.get(group);
      if (queue === undefined) this.groups.set(group, [pending]);
      else queue.push(pending);
      this.waiting += 1;
      this.beginAfterTurn();
    });
  }

  private beginAfterTurn(): void {
    this.turn ??= setImmediate(() => {
      this.turn = undefined;
      this.begin();
    });
  }

  private begin(): void {
    const { maxAlone = defaultMaxAlone } = this.options;
    if (this.sharedUnderWay === 0) {
      const batch = this.takeShared();
      if (batch.length > 0) void this.runShared(batch);
    }
    while (this.aloneUnderWay < maxAlone) {
      const batch = this.takeAlone();
      if (batch.length === 0) return;
      void this.runAlone(batch);
    }
  }

  /** The oldest commands of every group that is free and has nothing in front that wants to be alone. */
  private takeShared(): PendingCommand<Command, Answer>[] {
    const { maxBatch = defaultMaxBatch } = this.options;
    const batch: PendingCommand<Command, Answer>[] = [];
    const keys = new Set<string>();
    // A copy, since a group that is served moves to the end.
    for (const [group, queue] of Array.from(this.groups)) {
      if (batch.length >= maxBatch) break;
      if (this.busy.has(group)) continue;
      batch.push(...this.take(group, queue, maxBatch - batch.length, keys, (one) => one === 'any'));
    }
    return batch;
  }

  /** What waits for the first group that is free and whose oldest command wants to be alone. */
  private takeAlone(): PendingCommand<Command, Answer>[] {
    const { maxBatch = defaultMaxBatch } = this.options;
    for (const [group, queue] of this.groups) {
      const sharing = queue[0]?.sharing;
      if (sharing === undefined || sharing === 'any' || this.busy.has(group)) continue;
      const size = sharing === 'none' ? 1 : maxBatch;
      return this.take(group, queue, size, new Set(), (one) => sharing === 'none' || one !== 'none');
    }
    return [];
  }

  /** The oldest commands of a group, in order; one whose key is in the batch already stays for the next. */
  private take(
    group: string,
    queue: PendingCommand<Command, Answer>[],
    size: number,
    keys: Set<string>,
    fits: (sharing: Sharing) => boolean,
  ): PendingCommand<Command, Answer>[] {
    const taken: PendingCommand<Command, Answer>[] = [];
    const twins: PendingCommand<Command, Answer>[] = [];
    let seen = 0;
    for (const one of queue) {
      if (taken.length >= size || !fits(one.sharing)) break;
      seen += 1;
      const key = this.options.keyOf?.(one.command);
      if (key !== undefined && keys.has(key)) twins.push(one);
      else taken.push(one);
      if (key !== undefined) keys.add(key);
    }
    queue.splice(0, seen, ...twins);
    this.waiting -= taken.length;
    // A group with more than fits goes behind all others, so that it does not keep them waiting.
    this.groups.delete(group);
    if (queue.length > 0) this.groups.set(group, queue);
    if (taken.length > 0 && this.options.batching !== false) this.busy.add(group);
    return taken;
  }

  private async runShared(batch: readonly PendingCommand<Command, Answer>[]): Promise<void> {
    this.sharedUnderWay += 1;
    const answer = await this.run(batch);
    this.sharedUnderWay -= 1;
    this.goOn(batch, answer);
  }

  private async runAlone(batch: readonly PendingCommand<Command, Answer>[]): Promise<void> {
    this.aloneUnderWay += 1;
    const answer = await this.run(batch);
    this.aloneUnderWay -= 1;
    this.goOn(batch, answer);
  }

  /** The next batch is on its way before the answers of this one are written: the database works meanwhile. */
  private goOn(batch: readonly PendingCommand<Command, Answer>[], answer: () => void): void {
    for (const { group } of batch) this.busy.delete(group);
    this.begin();
    answer();
  }

  /** @returns what answers the callers; where the batch broke its commands wait again, with fewer beside them */
  private async run(batch: readonly PendingCommand<Command, Answer>[]): Promise<() => void> {
    const inTime = batch.filter((pending) => this.refuseIfLate(pending));
    if (inTime.length === 0) return () => undefined;
    try {
      const decided = await this.options.decide(inTime.map(({ command }) => command));
      return () => answerAll(inTime, decided);
    } catch (error) {
      if (inTime.length === 1 || failsAlike(error))
        return () => inTime.forEach(({ reject }) => reject(error));
      this.putBack(inTime);
      return () => undefined;
    }
  }

  private putBack(batch: readonly PendingCommand<Command, Answer>[]): void {
    const groups = new Set(batch.map(({ group }) => group));
    for (const pending of batch) pending.sharing = groups.size > 1 ? 'group' : 'none';
    for (const group of groups) {
      const own = batch.filter((pending) => pending.group === group);
      this.groups.set(group, [...own, ...(this.groups.get(group) ?? [])]);
    }
    this.waiting += batch.length;
  }

  /** Nobody waits for the answer any more, so the command is not carried out. */
  private refuseIfLate({ command, reject }: PendingCommand<Command, Answer>): boolean {
    const { deadlineOf } = this.options;
    if (deadlineOf === undefined || Date.now() < deadlineOf(command)) return true;
    reject(overloaded('The request could not be handled in time.'));
    return false;
  }
}

function answerAll<Command, Answer>(
  batch: readonly PendingCommand<Command, Answer>[],
  decided: readonly Decided<Answer>[],
): void {
  for (const [index, { resolve, reject }] of batch.entries()) {
    const one = decided[index];
    if (one?.ok === true) resolve(one.answer);
    else reject(one?.error ?? new Error('A command was left undecided.'));
  }
}

/** Decides commands by work that is done for all of them or for none, and has no answer. */
export function allOrNone<Command>(
  work: (commands: readonly Command[]) => Promise<void>,
): CommandQueueOptions<Command, void>['decide'] {
  return async (commands) => {
    await work(commands);
    return commands.map(() => ({ ok: true, answer: undefined }));
  };
}

/** Works on every command by itself. */
export function oneByOne<Command, Answer>(
  work: (command: Command) => Promise<Answer>,
): Pick<CommandQueueOptions<Command, Answer>, 'decide' | 'batching'> {
  return {
    batching: false,
    decide: (commands) =>
      Promise.all(commands.map(async (command) => ({ ok: true, answer: await work(command) }))),
  };
}

/** Whether each command would fail as well by itself: the database, or the service that was asked, is away. */
function failsAlike(error: unknown): boolean {
  return isOutage(error) || (error instanceof Problem && error.code === 'service.unavailable');
}

function overloaded(why: string): Problem {
  return new Problem('service.unavailable', `${why} Try again in a moment.`, { retryAfterSeconds: 1 });
}
