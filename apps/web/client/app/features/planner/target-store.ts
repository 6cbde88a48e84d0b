import type { Target } from './steps-by-key.js';

/** Where a lifted session hovers: a place of the plan, the list of those without one, or nowhere. */
export type Hover = Target | 'list' | null;

/** Changes with each movement of a drag, so that nothing but what shows it is drawn again. */
export class TargetStore {
  private hover: Hover = null;
  private readonly listeners = new Set<() => void>();

  readonly get = (): Hover => this.hover;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  set(hover: Hover): void {
    if (isSame(hover, this.hover)) return;
    this.hover = hover;
    for (const listener of this.listeners) listener();
  }
}

function isSame(one: Hover, other: Hover): boolean {
  if (one === null || other === null || one === 'list' || other === 'list') return one === other;
  return one.roomId === other.roomId && one.startMs === other.startMs;
}
