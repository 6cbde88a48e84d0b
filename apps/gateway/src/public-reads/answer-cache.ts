import type { Topic } from '../operations/operation.js';

/** What a fetch found, and how long and until which event it may be shown. */
export interface Fetched<Answer> {
  answer: Answer;
  topics: readonly Topic[];
  /** From here on it is asked for anew while it is still shown, so that readers do not all wait for it together. */
  refreshAtMs: number;
  expiresAtMs: number;
  bytes: number;
}

export interface CacheLimits {
  entries: number;
  bytes: number;
}

export const cacheLimits: CacheLimits = { entries: 10_000, bytes: 64 * 1024 * 1024 };

/**
 * Finished answers by URL. One fetch per URL is under way at a time and all who ask meanwhile share it.
 * An event drops what it is about, and also keeps every fetch that is under way from being stored or joined:
 * it may have read the state from before the event.
 */
export class AnswerCache<Answer> {
  private readonly kept = new Map<string, Fetched<Answer>>();
  private readonly urls = new Map<Topic, Set<string>>();
  private readonly flights = new Map<string, Promise<Answer>>();
  private bytes = 0;

  constructor(private readonly limits: CacheLimits = cacheLimits) {}

  find(url: string, nowMs: number): Answer | undefined {
    const found = this.kept.get(url);
    return found !== undefined && found.expiresAtMs > nowMs ? found.answer : undefined;
  }

  /** An answer that can be shown and need not be asked for yet. */
  findFresh(url: string, nowMs: number): Answer | undefined {
    const found = this.kept.get(url);
    return found !== undefined && found.refreshAtMs > nowMs && found.expiresAtMs > nowMs
      ? found.answer
      : undefined;
  }

  fetch(url: string, fetch: () => Promise<Fetched<Answer>>): Promise<Answer> {
    const flight = this.flights.get(url);
    if (flight !== undefined) return flight;
    const started: Promise<Answer> = fetch().then(
      (fetched) => {
        if (this.land(url, started)) this.keep(url, fetched);
        return fetched.answer;
      },
      (error: unknown) => {
        this.land(url, started);
        throw error;
      },
    );
    this.flights.set(url, started);
    return started;
  }

  drop(topics: readonly Topic[]): void {
    this.flights.clear();
    for (const topic of topics) {
      for (const url of this.urls.get(topic) ?? []) this.remove(url);
    }
  }

  dropAll(): void {
    this.flights.clear();
    this.kept.clear();
    this.urls.clear();
    this.bytes = 0;
  }

  size(): { entries: number; bytes: number } {
    return { entries: this.kept.size, bytes: this.bytes };
  }

  /** @returns whether no event has come since the fetch began */
  private land(url: string, flight: Promise<Answer>): boolean {
    if (this.flights.get(url) !== flight) return false;
    this.flights.delete(url);
    return true;
  }

  private keep(url: string, fetched: Fetched<Answer>): void {
    this.remove(url);
    if (fetched.bytes > this.limits.bytes) return;
    this.kept.set(url, fetched);
    this.bytes += fetched.bytes;
    for (const topic of fetched.topics) {
      const about = this.urls.get(topic);
      if (about === undefined) this.urls.set(topic, new Set([url]));
      else about.add(url);
    }
    while (this.kept.size > this.limits.entries || this.bytes > this.limits.bytes) this.removeOldest();
  }

  private removeOldest(): void {
    for (const url of this.kept.keys()) {
      this.remove(url);
      return;
    }
  }

  private remove(url: string): void {
    const fetched = this.kept.get(url);
    if (fetched === undefined) return;
    this.kept.delete(url);
    this.bytes -= fetched.bytes;
    for (const topic of fetched.topics) {
      const about = this.urls.get(topic);
      about?.delete(url);
      if (about?.size === 0) this.urls.delete(topic);
    }
  }
}
