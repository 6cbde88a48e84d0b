export function withLock<Result>(file: string, work: () => Result): Result;
