import { Roster, type RosterEntry } from '../rules/roster.js';
import { afterAnswer, clockOffset, requestOf, stamped, waitMs, type Answer } from '../rules/answer.js';
import { badgeHash, readScan } from '../rules/scan-text.js';
import { isWaiting, outlived, type Said, type Scan } from '../rules/scan.js';
import { takeBack } from '../rules/take-back.js';
import { judgeBadge, judgePerson, type Verdict } from '../rules/verdict.js';
import { DoorDatabase, type DoorStop } from './door-database.js';
import { ask } from './exchange.js';
import { readRoster } from './roster-sync.js';
import { forgetStop, keepSettings, keepStop, readSettings, type DoorSettings } from './settings.js';

/** What the screen shows. */
export interface DoorState {
  readonly stop: DoorStop;
  readonly roster: Roster;
  /** When the list was read last; `null`: never. */
  readonly rosterAtMs: number | null;
  readonly scans: readonly Scan[];
  /** Whether the API answered last time. */
  readonly isOnline: boolean;
  /** Since when it has not. */
  readonly offlineSinceMs: number | null;
  readonly isSignedOut: boolean;
  /** The browser no longer keeps what it is given: nobody can be let in honestly. */
  readonly isBroken: boolean;
  /** The scan that is shown large. */
  readonly shown: string | null;
  /** Somebody who may come in once the person at the door has said so. */
  readonly asked: { readonly verdict: Verdict; readonly badge: string | null } | null;
  readonly settings: DoorSettings;
}

const syncMs = 5_000;
/** 500 a minute, so that the limit of 600 leaves room for lists and people. */
const sendGapMs = 120;
/** A badge that stays before the camera is one scan. */
const sameScanMs = 3_000;
const dayMs = 86_400_000;

/** One stop's door on this phone: judges at once, keeps every scan, and tells the API as soon as it answers. */
export class Door {
  private readonly listeners = new Set<() => void>();
  private isFlushing = false;
  private isSyncing = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private notBeforeMs = 0;
  private failures = 0;
  private lastText = { text: '', atMs: 0 };
  private isClosed = false;

  private constructor(
    private readonly database: DoorDatabase,
    private state: DoorState,
    private clockOffsetMs: number,
    private asOf: string | null,
  ) {}

  /** @param stop as the API tells it; `null` without a network: what is kept of it then. */
  static async open(stopId: string, stop: DoorStop | null): Promise<Door | null> {
    const database = await DoorDatabase.open(stopId);
    const kept = await database.read();
    const known = stop ?? kept.stop;
    if (known === null) {
      database.close();
      return null;
    }
    await database.keepStop(known);
    keepStop(known.id, Date.parse(known.endsAt) + dayMs);
    const state: DoorState = {
      stop: known,
      roster: new Roster().with(kept.roster),
      rosterAtMs: kept.rosterState?.readAtMs ?? null,
      scans: kept.scans,
      isOnline: stop !== null,
      offlineSinceMs: stop === null ? Date.now() : null,
      isSignedOut: false,
      isBroken: false,
      shown: null,
      asked: null,
      settings: readSettings(),
    };
    return new Door(database, state, kept.clockOffsetMs, kept.rosterState?.asOf ?? null);
  }

  readonly current = (): DoorState => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Asks the API now: the network may be back, or the phone was taken out of a pocket. */
  readonly wake = (): void => {
    this.notBeforeMs = 0;
    void this.work();
  };

  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.database.close();
  }

  /** What a camera, a scanner or a person brought. */
  async scan(text: string): Promise<void> {
    const now = Date.now();
    if (text === this.lastText.text && now - this.lastText.atMs < sameScanMs) {
      this.lastText = { text, atMs: now };
      return;
    }
    this.lastText = { text, atMs: now };
    const read = readScan(text);
    if (read.kind !== 'badge') return this.record('no_badge', null, null);
    const hash = await badgeHash(read.badge);
    await this.meet(judgeBadge(hash, this.state.roster, this.state.scans), read.badge);
  }

  /** Somebody found by name, without a badge. */
  async pick(entry: RosterEntry): Promise<void> {
    await this.meet(
      judgePerson(this.state.roster.byId.get(entry.delegateId) ?? entry, this.state.scans),
      null,
    );
  }

  async confirm(): Promise<void> {
    const { asked } = this.state;
    if (asked === null) return;
    // Another door may have let this person in while the question stood there.
    const verdict =
      asked.verdict.entry === null
        ? asked.verdict
        : judgePerson(
            this.state.roster.byId.get(asked.verdict.entry.delegateId) ?? asked.verdict.entry,
            this.state.scans,
          );
    await this.record(verdict.said, verdict, asked.badge);
  }

  readonly decline = (): void => this.set({ asked: null });

  async takeBack(scan: Scan): Promise<void> {
    const current = this.state.scans.find(({ id }) => id === scan.id) ?? scan;
    const next = takeBack(current, { id: crypto.randomUUID(), serial: this.nextSerial(), atMs: Date.now() });
    if (next === null) return;
    await this.keep([next]);
    this.set({ shown: next.id, asked: null });
    this.wake();
  }

  async markSeen(scan: Scan): Promise<void> {
    await this.keep([{ ...scan, isSeen: true }]);
  }

  change(settings: Partial<DoorSettings>): void {
    const next = { ...this.state.settings, ...settings };
    keepSettings(next);
    this.set({ settings: next });
  }

  /** Ends the sign-in of this phone and wipes what it knows. */
  async leave(): Promise<void> {
    await ask('POST', '/sign-out');
    this.close();
    await DoorDatabase.delete(this.state.stop.id);
    forgetStop(this.state.stop.id);
  }

  private async meet(verdict: Verdict, badge: string | null): Promise<void> {
    const asks = this.state.settings.mode === 'standard' && verdict.said === 'admit';
    if (asks) this.set({ asked: { verdict, badge }, shown: null });
    else await this.record(verdict.said, verdict, badge);
  }

  /** Kept first, shown then: what the screen says is never lost. */
  private async record(said: Exclude<Said, 'take_back'>, verdict: Verdict | null, badge: string | null) {
    const entry = verdict?.entry ?? null;
    const isSent = said === 'admit' || said === 'unknown';
    const scan: Scan = {
      id: crypto.randomUUID(),
      serial: this.nextSerial(),
      said,
      state: isSent ? 'waiting' : 'local',
      badge: isSent ? badge : null,
      delegateId: entry?.delegateId ?? null,
      name: entry?.name ?? null,
      company: entry?.company.name ?? null,
      atMs: Date.now(),
      sentAt: null,
      tries: 0,
      reason: null,
      checkedInAt: verdict?.checkedInAt ?? null,
      isSeen: false,
    };
    await this.keep([scan]);
    this.set({ shown: scan.id, asked: null });
    if (isSent) this.wake();
  }

  private nextSerial(): number {
    return (this.state.scans.at(-1)?.serial ?? 0) + 1;
  }

  /** Puts scans in place of those with the same id, or at the end. @param renamed an id that is given up */
  private async keep(changed: readonly Scan[], renamed?: string): Promise<void> {
    const byId = new Map(changed.map((scan) => [scan.id, scan]));
    const rest = this.state.scans.filter(({ id }) => !byId.has(id) && id !== renamed);
    const scans = [...rest, ...changed].toSorted((one, other) => one.serial - other.serial);
    const gone = outlived(scans).map(({ id }) => id);
    this.set({ scans: scans.filter(({ id }) => !gone.includes(id)) });
    try {
      await this.database.keepScans(changed, renamed === undefined ? gone : [...gone, renamed]);
    } catch (error) {
      if (!this.isClosed) this.set({ isBroken: true });
      throw error;
    }
  }

  private set(changes: Partial<DoorState>): void {
    this.state = { ...this.state, ...changes };
    for (const listener of this.listeners) listener();
  }

  /** Sends what waits, then reads what changed; over and over, later when nothing answers. */
  private async work(): Promise<void> {
    clearTimeout(this.timer);
    if (this.isClosed) return;
    if (Date.now() >= this.notBeforeMs) {
      await this.flush();
      await this.sync();
    }
    if (this.isClosed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.work(), Math.max(syncMs, this.notBeforeMs - Date.now()));
  }

  private async flush(): Promise<void> {
    if (this.isFlushing) return;
    this.isFlushing = true;
    try {
      while (!this.isClosed && (await this.sendNext())) await pause(sendGapMs);
    } finally {
      this.isFlushing = false;
    }
  }

  /** @returns whether to go on */
  private async sendNext(): Promise<boolean> {
    const waiting = this.state.scans.find(isWaiting);
    if (waiting === undefined || this.state.isSignedOut) return false;
    const scan = stamped(waiting, this.clockOffsetMs);
    // From here on it may have arrived: a repeat has to be the same request, and taking it back has to ask the API.
    if (scan !== waiting) await this.keep([scan]);
    const { method, path, body } = requestOf(scan, this.state.stop.id);
    const answer = await ask(method, path, { body, ...(method === 'POST' ? { key: scan.id } : {}) });
    if (this.isClosed) return false;
    this.hear(answer);
    const step = afterAnswer(scan, answer, () => crypto.randomUUID());
    if (step.kind === 'signed_out') return false;
    const isRenamed = step.scan.id !== scan.id;
    const shown = this.state.shown === scan.id ? step.scan.id : this.state.shown;
    await this.keep([step.scan], isRenamed ? scan.id : undefined);
    if (shown !== this.state.shown) this.set({ shown });
    if (step.kind === 'again') {
      this.notBeforeMs = Date.now() + step.afterMs;
      return step.afterMs === 0;
    }
    this.follow(step.scan);
    return true;
  }

  /** The list as the API will return it, so that the same badge is judged rightly at once. */
  private follow(scan: Scan): void {
    if (scan.delegateId === null) return;
    const at = scan.said === 'take_back' ? null : scan.checkedInAt;
    if (scan.state === 'refused' && scan.reason !== 'already') return;
    this.set({ roster: this.state.roster.withCheckIn(scan.delegateId, at) });
  }

  private async sync(): Promise<void> {
    if (this.isSyncing || this.state.isSignedOut) return;
    this.isSyncing = true;
    try {
      const askedMs = Date.now();
      const answer = await readRoster(this.state.stop.id, this.asOf);
      if (this.isClosed) return;
      await this.keepClock(askedMs, answer.last);
      this.hear(answer.last);
      if (answer.kind === 'failed') {
        // The point is of a history that the API no longer knows: read everything.
        if (answer.last.status === 422) this.asOf = null;
        else this.notBeforeMs = Date.now() + (answer.last.retryAfterMs ?? waitMs(this.failures));
        return;
      }
      this.asOf = answer.asOf;
      const { items, isWhole } = answer;
      const rosterAtMs = Date.now();
      // Kept first, shown then: a phone that is picked up anew without a network knows what its screen said.
      await this.database.keepRoster(items, { asOf: answer.asOf, readAtMs: rosterAtMs }, isWhole);
      if (this.current().isSignedOut) return;
      this.set({
        rosterAtMs,
        ...(items.length === 0 && !isWhole ? {} : { roster: this.merged(items, isWhole) }),
      });
    } finally {
      this.isSyncing = false;
    }
  }

  private merged(items: readonly RosterEntry[], isWhole: boolean): Roster {
    return (isWhole ? new Roster() : this.state.roster).with(items);
  }

  private async keepClock(askedMs: number, { serverMs }: Answer): Promise<void> {
    const offset = clockOffset(askedMs, Date.now(), serverMs);
    if (offset === null || offset === this.clockOffsetMs) return;
    this.clockOffsetMs = offset;
    await this.database.keepClockOffset(offset);
  }

  /** What an answer says of the network and of the sign-in. */
  private hear({ status }: Answer): void {
    if (status === 401 || status === 403) {
      this.set({
        isSignedOut: true,
        isOnline: true,
        offlineSinceMs: null,
        roster: new Roster(),
        rosterAtMs: null,
      });
      this.asOf = null;
      void this.database.forgetRoster();
      return;
    }
    const isOnline = status !== 0 && status !== 503 && status !== 504;
    this.failures = isOnline ? 0 : this.failures + 1;
    const offlineSinceMs = isOnline ? null : (this.state.offlineSinceMs ?? Date.now());
    if (isOnline !== this.state.isOnline || offlineSinceMs !== this.state.offlineSinceMs)
      this.set({ isOnline, offlineSinceMs });
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
