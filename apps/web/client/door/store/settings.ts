/** How somebody likes to work at this phone; kept in the browser. */
export interface DoorSettings {
  /** `express` lets in at once; `standard` asks first. */
  readonly mode: 'express' | 'standard';
  readonly sound: boolean;
  readonly vibration: boolean;
  /** The camera was on last time, so it starts by itself. */
  readonly camera: boolean;
}

const key = 'waystop-door-settings';
const stopsKey = 'waystop-door-stops';
const initial: DoorSettings = { mode: 'express', sound: true, vibration: true, camera: false };

export function readSettings(): DoorSettings {
  try {
    return { ...initial, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<DoorSettings>) };
  } catch {
    return initial;
  }
}

export function keepSettings(settings: DoorSettings): void {
  localStorage.setItem(key, JSON.stringify(settings));
}

/** The stops of which this phone keeps data, the last one last, and until when it may. */
export type KeptStops = readonly { readonly id: string; readonly untilMs: number }[];

export function readStops(): KeptStops {
  try {
    return JSON.parse(localStorage.getItem(stopsKey) ?? '[]') as KeptStops;
  } catch {
    return [];
  }
}

export function keepStop(id: string, untilMs: number): void {
  keepStops([...readStops().filter((stop) => stop.id !== id), { id, untilMs }]);
}

export function forgetStop(id: string): void {
  keepStops(readStops().filter((stop) => stop.id !== id));
}

function keepStops(stops: KeptStops): void {
  localStorage.setItem(stopsKey, JSON.stringify(stops));
}
