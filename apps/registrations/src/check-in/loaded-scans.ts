import type { Problem } from '#contracts';
import type { StopSnapshot } from '../seats/stop-seats.js';
import type { ScannedBadge } from './check-in.js';
import type { Scanned } from './queued-check-in.js';

/** A delegate whose row the transaction has locked. */
export interface ScannedDelegate extends ScannedBadge {
  readonly id: string;
  readonly name: string;
  readonly badge: string | null;
  readonly registrationId: string;
  readonly companyId: string;
  /** Raised with every change of the check-in. */
  readonly checkInVersion: number;
  readonly companyName: { readonly zh?: string | undefined; readonly en?: string | undefined };
}

/** What a batch of scans has loaded; the times in it follow its decisions, so that the next scan of a badge sees them. */
export class LoadedScans {
  private readonly byBadge = new Map<string, ScannedDelegate>();
  private readonly byId = new Map<string, ScannedDelegate>();
  private readonly changed = new Set<string>();

  constructor(
    readonly stops: ReadonlyMap<
      string,
      Pick<StopSnapshot, 'stopId' | 'organizationId' | 'status' | 'startsAt'>
    >,
    delegates: readonly ScannedDelegate[],
    private readonly endedBadges: ReadonlyMap<string, string>,
    readonly replays: readonly ({ answer: unknown } | Problem | undefined)[],
  ) {
    for (const delegate of delegates) this.remember(delegate);
  }

  find(scanned: Scanned): ScannedDelegate | undefined {
    return 'badge' in scanned ? this.byBadge.get(scanned.badge) : this.byId.get(scanned.delegateId);
  }

  /** A badge that let somebody in once. */
  endedBadge(badge: string): ScannedBadge | null {
    const stopId = this.endedBadges.get(badge);
    return stopId === undefined
      ? null
      : { stopId, status: 'cancelled', ended: true, checkedInAt: null, registeredAt: null };
  }

  setTime(delegate: ScannedDelegate, checkedInAt: Date | null): void {
    this.remember({ ...delegate, checkedInAt, checkInVersion: delegate.checkInVersion + 1 });
    this.changed.add(delegate.id);
  }

  /** Those whose time the batch has changed, as they are after it. */
  changedDelegates(): ScannedDelegate[] {
    return [...this.changed].flatMap((id) => this.byId.get(id) ?? []);
  }

  private remember(delegate: ScannedDelegate): void {
    this.byId.set(delegate.id, delegate);
    if (delegate.badge !== null) this.byBadge.set(delegate.badge, delegate);
  }
}
