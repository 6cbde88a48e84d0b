import { useSyncExternalStore } from 'react';

/** What screen readers announce. It changes with each key, so that nothing else is drawn again. */
export class SpokenStore {
  private words = '';
  private readonly listeners = new Set<() => void>();

  readonly get = (): string => this.words;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The same words twice are said twice. */
  readonly say = (words: string): void => {
    this.words = words === this.words ? `${words}\u00a0` : words;
    for (const listener of this.listeners) listener();
  };
}

export function Spoken({ store }: { store: SpokenStore }) {
  const words = useSyncExternalStore(store.subscribe, store.get);
  return (
    <p className="hidden-visually" role="status" aria-live="polite" data-testid="spoken">
      {words}
    </p>
  );
}
