import { trustedScript } from './trusted.js';

/** One worker for the door in each language. */
const scopes = ['/door', '/en/door'];

/** The service worker that keeps the door's own files, and whether a newer one waits. */
class Updates {
  private readonly listeners = new Set<() => void>();
  private readonly registrations: ServiceWorkerRegistration[] = [];
  private isWaiting = false;

  readonly current = (): boolean => this.isWaiting;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  async register(): Promise<void> {
    // There is none in private windows of Firefox, nor without TLS.
    if (!('serviceWorker' in navigator)) return;
    for (const scope of scopes) {
      const made = await navigator.serviceWorker
        .register(trustedScript('/door-worker.js'), { scope })
        .catch(() => null);
      if (made !== null) this.follow(made);
    }
  }

  async take(): Promise<void> {
    const changed = new Promise<void>((resolve) => {
      navigator.serviceWorker.addEventListener('controllerchange', () => resolve(), { once: true });
    });
    for (const { waiting } of this.registrations) waiting?.postMessage('activate');
    await changed;
    location.reload();
  }

  private follow(registration: ServiceWorkerRegistration): void {
    this.registrations.push(registration);
    this.look(registration);
    registration.addEventListener('updatefound', () => {
      registration.installing?.addEventListener('statechange', () => this.look(registration));
    });
  }

  /** One that waits beside an older one is news; the first one is not. */
  private look({ waiting, active }: ServiceWorkerRegistration): void {
    if (waiting === null || active === null) return;
    this.isWaiting = true;
    for (const listener of this.listeners) listener();
  }
}

export const updates = new Updates();
