/** What the audit tells of one decision about seats, in the order of the decisions. */
export interface SeatLine {
  readonly registrationId: string;
  readonly action: string;
  readonly seats: number;
}

export interface Replayed {
  readonly status: 'confirmed' | 'waitlisted' | 'cancelled';
  readonly seats: number;
}

/**
 * The plain rules for a stop with strict waiting list and without approval, one decision after the other: a delegation
 * is confirmed where nobody waits and all its seats are free; a cancelling moves the head of the list up while it fits.
 * @returns each registration, those who wait in the order in which they do
 */
export function replaySeats(capacity: number, lines: readonly SeatLine[]): Map<string, Replayed> {
  const all = new Map<string, Replayed>();
  const queue: string[] = [];
  let taken = 0;
  const seat = (id: string, seats: number) => {
    taken += seats;
    all.set(id, { status: 'confirmed', seats });
  };
  for (const { registrationId: id, action, seats } of lines) {
    if (action === 'registration.create') {
      if (queue.length === 0 && taken + seats <= capacity) seat(id, seats);
      else {
        queue.push(id);
        all.set(id, { status: 'waitlisted', seats });
      }
    } else if (action === 'registration.cancel') {
      if (all.get(id)?.status === 'confirmed') taken -= seats;
      else queue.splice(queue.indexOf(id), 1);
      all.set(id, { status: 'cancelled', seats });
      for (let head = queue[0]; head !== undefined; head = queue[0]) {
        const waiting = all.get(head)?.seats ?? 0;
        if (taken + waiting > capacity) break;
        queue.shift();
        seat(head, waiting);
      }
    }
  }
  const waiting = queue.map((id) => [id, { status: 'waitlisted', seats: all.get(id)?.seats ?? 0 }] as const);
  for (const id of queue) all.delete(id);
  return new Map([...all, ...waiting]);
}
