import type { DataSource, EntityManager } from 'typeorm';

type ReadMethod =
  | 'query'
  | 'find'
  | 'findBy'
  | 'findOne'
  | 'findOneBy'
  | 'findOneOrFail'
  | 'findOneByOrFail'
  | 'exists'
  | 'existsBy'
  | 'count'
  | 'countBy'
  | 'createQueryBuilder';
type WriteMethod = 'insert' | 'update' | 'upsert' | 'delete' | 'save' | 'remove';

/** Reads rows: `Database` outside of transactions, or a transaction. */
export type Reader = Pick<EntityManager, ReadMethod>;

declare const isTransaction: unique symbol;

/**
 * One transaction on its one connection. It leads to no other connection: with as many transactions at once as the pool
 * has connections, each of them waiting for a second one, all would wait for ever. So whatever is read within a
 * transaction is read by this, and repositories take it as an argument.
 */
export interface Transaction extends Pick<EntityManager, ReadMethod | WriteMethod> {
  readonly [isTransaction]: true;
  /** A savepoint: if `work` throws, what it wrote is undone and the transaction goes on. */
  transaction<T>(work: (savepoint: Transaction) => Promise<T>): Promise<T>;
}

/** Reads outside of transactions. Each statement takes a connection of the pool, and gives it back. */
export abstract class Database implements Reader {
  abstract readonly query: Reader['query'];
  abstract readonly find: Reader['find'];
  abstract readonly findBy: Reader['findBy'];
  abstract readonly findOne: Reader['findOne'];
  abstract readonly findOneBy: Reader['findOneBy'];
  abstract readonly findOneOrFail: Reader['findOneOrFail'];
  abstract readonly findOneByOrFail: Reader['findOneByOrFail'];
  abstract readonly exists: Reader['exists'];
  abstract readonly existsBy: Reader['existsBy'];
  abstract readonly count: Reader['count'];
  abstract readonly countBy: Reader['countBy'];
  abstract readonly createQueryBuilder: Reader['createQueryBuilder'];
}

/** What to inject as `Database`. */
export function databaseOf(dataSource: DataSource): Database {
  return dataSource.manager;
}

/** The transaction that TypeORM began, as the one way to the database. */
export function transactionOf(manager: EntityManager): Transaction {
  return manager as unknown as Transaction;
}
