/** What is shown of the board stands in the address, so that a colleague can be sent to the same day and tables. */
export interface BoardSearch {
  readonly day?: string;
  /** The first table that is shown. */
  readonly tables?: number;
}

export function boardSearch({ day, tables }: Record<string, unknown>): BoardSearch {
  const first = Number(tables);
  return {
    ...(typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) ? { day } : {}),
    ...(Number.isInteger(first) && first > 1 ? { tables: first } : {}),
  };
}

/** Tables beside each other: more of them nobody can oversee. */
export const tablesAtOnce = 25;

/** The ranges that a stop's tables are shown in, by their first tables. */
export function tableRanges(tables: number): { first: number; last: number }[] {
  return Array.from({ length: Math.ceil(tables / tablesAtOnce) }, (_, at) => ({
    first: at * tablesAtOnce + 1,
    last: Math.min((at + 1) * tablesAtOnce, tables),
  }));
}

export const rangeOf = (tableNo: number): number =>
  Math.floor((tableNo - 1) / tablesAtOnce) * tablesAtOnce + 1;
