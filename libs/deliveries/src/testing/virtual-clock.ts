/** Time that passes only when everything waits for it. Instants are milliseconds since 1970. */
export class VirtualClock {
  now = 0;
  private readonly timers: { at: number; run: () => void }[] = [];

  after(ms: number): Promise<void> {
    return new Promise((resolve) => this.timers.push({ at: this.now + ms, run: resolve }));
  }

  /** Lets time pass until an instant, one timer after the other. */
  async runUntil(end: number): Promise<void> {
    for (;;) {
      await settlePromises();
      const next = this.timers.reduce<(typeof this.timers)[number] | undefined>(
        (first, one) => (first === undefined || one.at < first.at ? one : first),
        undefined,
      );
      if (next === undefined || next.at > end) break;
      this.timers.splice(this.timers.indexOf(next), 1);
      this.now = Math.max(this.now, next.at);
      next.run();
    }
    this.now = end;
  }
}

/** Resolves when no promise is left to settle: Node runs the next tick only then. */
function settlePromises(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
