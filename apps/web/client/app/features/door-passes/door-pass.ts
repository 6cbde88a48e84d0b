export interface DoorPass {
  readonly id: string;
  readonly label: string;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly usedAt: string | null;
}

/** `alive`: a phone is signed in with it; `waiting`: it still signs one in. */
export const passStates = ['alive', 'waiting', 'expired'] as const;
export type PassState = (typeof passStates)[number];

export function passState({ usedAt, expiresAt }: DoorPass, nowMs: number): PassState {
  if (Date.parse(expiresAt) <= nowMs) return 'expired';
  return usedAt === null ? 'waiting' : 'alive';
}

/** Phones that are signed in first, then passes that wait, then those that are over; each in the order of the list. */
export function inOrderOfState(
  passes: readonly DoorPass[],
  nowMs: number,
): readonly { readonly pass: DoorPass; readonly state: PassState }[] {
  const all = passes.map((pass) => ({ pass, state: passState(pass, nowMs) }));
  return passStates.flatMap((state) => all.filter((one) => one.state === state));
}
