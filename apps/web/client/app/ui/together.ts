interface Asked<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

type Answers<All extends readonly Asked<unknown>[]> = {
  readonly [At in keyof All]: Exclude<All[At]['data'], undefined>;
};

/** Several questions as one, which is answered once all of them are: nothing is called empty that was not heard of yet. */
export function together<const All extends readonly Asked<unknown>[]>(...all: All): Asked<Answers<All>> {
  const isWhole = all.every(({ data }) => data !== undefined);
  return {
    data: isWhole ? (all.map(({ data }) => data) as Answers<All>) : undefined,
    error: all.find(({ data, error }) => data === undefined && error !== null)?.error ?? null,
    refetch: () => all.filter(({ data }) => data === undefined).map(({ refetch }) => refetch()),
  };
}
