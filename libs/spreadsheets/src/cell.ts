/** What a clock shows, as `2027-01-16 09:00:00`. */
export interface ShownTime {
  readonly shown: string;
}

export type Cell = string | number | ShownTime | null;
