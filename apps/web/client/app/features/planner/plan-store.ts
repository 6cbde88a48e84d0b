import type { Session } from '#contracts/sessions';
import { ApiProblem } from '../../api/call.js';
import {
  insisted,
  isAsSeen,
  made,
  noMoves,
  redone,
  refused,
  saved,
  undone,
  type Move,
  type Moves,
  type PendingMove,
} from './moves.js';

/** How a store reaches the service and the browser. */
export interface PlanPorts {
  /** Makes the move and answers with the sessions as they are now. @throws ApiProblem */
  readonly send: (pending: PendingMove) => Promise<readonly Session[]>;
  /** The session as it is now. @throws ApiProblem */
  readonly read: (sessionId: string) => Promise<Session>;
  readonly onSaved: (sessions: readonly Session[]) => Promise<void> | void;
  readonly newKey: () => string;
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
}

/** A move that was made upon an older state than the service has: its author decides. */
export interface Question {
  readonly pending: PendingMove;
  readonly session: Session;
}

export interface PlanState {
  readonly moves: Moves;
  readonly question: Question | null;
  /** Why moves on their way don't arrive; they are tried again. */
  readonly trouble: ApiProblem | null;
  /** The last move that was refused, and why. */
  readonly refusal: { readonly move: Move; readonly problem: ApiProblem } | null;
}

const [firstWaitMs, longestWaitMs] = [1_000, 15_000];
/** A session that changes again and again between two tries ends in a question. */
const maxTries = 3;

/**
 * Sends moves one after the other. A move stays until the service has made it, refused it, or its author gave it up:
 * through lost connections, a reload of the page and a sign-out.
 */
export class PlanStore {
  private state: PlanState;
  private readonly listeners = new Set<() => void>();
  private isRunning = false;
  private waitMs = firstWaitMs;
  private tries = 0;
  private wake: () => void = () => undefined;

  constructor(
    private readonly name: string,
    private readonly ports: PlanPorts,
  ) {
    this.state = { moves: this.kept(), question: null, trouble: null, refusal: null };
  }

  readonly snapshot = (): PlanState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Does a move that was decided upon `session`. */
  make(move: Move, session: Session): void {
    this.set({ moves: made(this.state.moves, move, session.version, this.ports.newKey()), refusal: null });
    void this.run();
  }

  /** @param find the session as its author sees it */
  undo(find: (id: string) => Session | undefined): void {
    this.again('past', find, undone);
  }

  redo(find: (id: string) => Session | undefined): void {
    this.again('future', find, redone);
  }

  /** Sends what waits: after a reload, or because somebody does not want to wait for the next try. */
  resume(): void {
    this.wake();
    void this.run();
  }

  /** Takes back everything that has not arrived. */
  giveUp(): void {
    this.set({ moves: noMoves, question: null, trouble: null });
    this.wake();
  }

  /** The refusal has been read. */
  dismiss(): void {
    this.set({ refusal: null });
  }

  answer(choice: 'mine' | 'theirs'): void {
    const { question, moves } = this.state;
    if (question === null) return;
    const { pending, session } = question;
    const next = choice === 'mine' ? insisted(moves, pending.key, session) : refused(moves, pending.key);
    this.set({ moves: next, question: null });
    void this.run();
  }

  private again(
    side: 'past' | 'future',
    find: (id: string) => Session | undefined,
    change: (moves: Moves, version: number, key: string) => Moves,
  ): void {
    const entry = this.state.moves[side].at(-1);
    const session = entry && find(entry.move.sessionId);
    if (session === undefined) return;
    const moves = change(this.state.moves, session.version, this.ports.newKey());
    const pending = moves.pending.at(-1);
    const isChanged = pending !== undefined && !isAsSeen(pending.move, session);
    this.set({ moves, refusal: null, ...(isChanged ? { question: { pending, session } } : {}) });
    void this.run();
  }

  private async run(): Promise<void> {
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      let head = this.state.moves.pending[0];
      while (head !== undefined && this.state.question === null) {
        await this.sendOne(head);
        if (this.state.trouble?.status === 401) break;
        head = this.state.moves.pending[0];
      }
    } finally {
      this.isRunning = false;
    }
  }

  private async sendOne(head: PendingMove): Promise<void> {
    try {
      const sessions = await this.ports.send(head);
      await this.ports.onSaved(sessions);
      this.waitMs = firstWaitMs;
      this.tries = 0;
      this.set({ moves: saved(this.state.moves, head.key, sessions), trouble: null });
    } catch (error) {
      await this.onFailure(head, problemOf(error));
    }
  }

  private async onFailure(head: PendingMove, problem: ApiProblem): Promise<void> {
    if (!this.state.moves.pending.some(({ key }) => key === head.key)) return;
    if (problem.status === 412) return this.onNewerVersion(head);
    if (!isPassing(problem)) {
      this.set({
        moves: refused(this.state.moves, head.key),
        refusal: { move: head.move, problem },
        trouble: null,
      });
      return;
    }
    this.set({ trouble: problem });
    if (problem.status !== 401) await this.pause();
  }

  /** A change of other things than the place is no reason to ask; where the place is another, its author decides. */
  private async onNewerVersion(head: PendingMove): Promise<void> {
    this.tries += 1;
    try {
      const session = await this.ports.read(head.move.sessionId);
      await this.ports.onSaved([session]);
      if (this.tries > maxTries || !isAsSeen(head.move, session)) {
        this.set({ question: { pending: head, session }, trouble: null });
        return;
      }
      this.set({ moves: insisted(this.state.moves, head.key, session) });
    } catch (error) {
      await this.onFailure(head, problemOf(error));
    }
  }

  private pause(): Promise<void> {
    const ms = this.waitMs;
    this.waitMs = Math.min(longestWaitMs, ms * 2);
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private set(changed: Partial<PlanState>): void {
    this.state = { ...this.state, ...changed };
    this.keep();
    for (const listener of this.listeners) listener();
  }

  private keep(): void {
    const { moves } = this.state;
    if (moves.pending.length + moves.past.length + moves.future.length === 0)
      this.ports.storage.removeItem(this.name);
    else this.ports.storage.setItem(this.name, JSON.stringify(moves));
  }

  private kept(): Moves {
    const text = this.ports.storage.getItem(this.name);
    return text === null ? noMoves : (JSON.parse(text) as Moves);
  }
}

function problemOf(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error;
  return new ApiProblem(500, 'internal.error', String(error), []);
}

/** What may go better later: no connection, a service away, too many requests; and, after a new sign-in, no sign-in. */
function isPassing({ status }: ApiProblem): boolean {
  return status === 0 || status === 401 || status === 429 || status >= 500;
}
