import pg from 'pg';
import { SpanKind, traced, tracingIsOn, type SpanPlan } from '#tracing';

type Query = (statement: unknown, ...rest: unknown[]) => Promise<unknown>;

/** The client that a pool makes its connections of. While tracing is on, each statement of a request gets a span. */
export function pooledClient({ spans }: { spans: boolean }): typeof pg.Client {
  return spans && tracingIsOn() ? TracedClient : PooledClient;
}

/**
 * A connection that may break at any moment. The pool listens while it is idle and TypeORM while it is used, but between
 * the two nobody does, and an error that nobody listens to ends the process: a server that shuts down says so in the same
 * packet as its last answer. Nothing is lost here, since a broken client refuses its next statement.
 */
class PooledClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    this.on('error', () => undefined);
  }
}

/** What is asked with a promise within a trace gets a span. Streams and callbacks pass as they are. */
class TracedClient extends PooledClient {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const plain = this.query.bind(this) as Query;
    const withSpan = traced((statement) => statementSpan(statement, this.database), plain);
    const query: Query = (...args) => (isAskedWithPromise(args) ? withSpan : plain)(...args);
    this.query = query as typeof this.query;
  }
}

function isAskedWithPromise(args: readonly unknown[]): boolean {
  const isStream = typeof (args[0] as { submit?: unknown }).submit === 'function';
  return !isStream && typeof args.at(-1) !== 'function';
}

/** Texts hold parameters and no values, so they tell nothing of people. */
function statementSpan(statement: unknown, database: string | undefined): SpanPlan {
  const text = typeof statement === 'string' ? statement : (statement as { text: string }).text;
  const [operation = ''] = text.trimStart().split(/\s/, 1);
  return {
    name: `${operation.toUpperCase()} ${database ?? ''}`.trim(),
    kind: SpanKind.CLIENT,
    attributes: {
      'db.system.name': 'postgresql',
      'db.operation.name': operation.toUpperCase(),
      'db.query.text': text,
      ...(database === undefined ? {} : { 'db.namespace': database }),
    },
  };
}
