import type { TestedService } from './tested-service.js';

/** Takes the row locks away from every process of the service: the guard that a negative control does without. */
export function withoutRowLocks({ services }: TestedService): void {
  for (const { dataSource: source } of services) {
    const create = source.createQueryRunner.bind(source);
    source.createQueryRunner = (mode) => {
      const runner = create(mode);
      const query = runner.query.bind(runner) as (sql: string, ...rest: unknown[]) => Promise<never>;
      runner.query = ((sql: string, ...rest: unknown[]) =>
        query(sql.replace(/ FOR UPDATE\b/, ''), ...rest)) as typeof runner.query;
      return runner;
    };
  }
}
