import { isOutage } from './transient-errors.js';

interface PendingItem<Item> {
  readonly item: Item;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Does work of one kind one lot at a time: what comes while a lot is under way, or in one turn of the event loop, goes
 * together with the next. Nothing waits on purpose, and an item that fails, fails alone.
 */
export class Batcher<Item> {
  private waiting: PendingItem<Item>[] = [];
  private working = false;

  /** @param work does all it is given, or nothing and throws */
  constructor(private readonly work: (items: Item[]) => Promise<void>) {}

  /** Resolves when the work on this item is done. Whoever submits bounds how much waits here. */
  submit(item: Item): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.working) return;
      this.working = true;
      setImmediate(() => void this.workOff());
    });
  }

  private async workOff(): Promise<void> {
    while (this.waiting.length > 0) {
      const lot = this.waiting;
      this.waiting = [];
      await this.settle(lot);
    }
    this.working = false;
  }

  private async settle(lot: readonly PendingItem<Item>[]): Promise<void> {
    try {
      await this.work(lot.map(({ item }) => item));
      for (const { resolve } of lot) resolve();
    } catch (error) {
      if (lot.length === 1 || isOutage(error)) for (const { reject } of lot) reject(error);
      else for (const ticket of lot) await this.settle([ticket]);
    }
  }
}
