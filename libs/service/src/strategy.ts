import { Problem, type Call } from '#contracts';
import { NatsStrategy, internalRequestId, type Broker, type EventConsumerOptions } from '#messaging';
import { storeDeadLetter, databaseUnavailable, isOutage } from '#persistence';
import { traceIdsOf } from '#tracing';
import type { DataSource } from './definition.js';
import { FailureLog } from './failure-log.js';
import type { Logger } from './logging.js';
import {
  consumerLagSeconds,
  consumerUnderWay,
  consumerWaiting,
  deadLetters,
  eventFailures,
  eventLagSeconds,
  eventsIgnored,
  requestSeconds,
} from './metrics.js';

/** Requests of one process under way at most; the next are refused at once with `Retry-After`. */
const maxInFlight = 2_000;

/** How a service's handlers meet NATS: what is counted, what is logged, what becomes of failures. */
export function createStrategy(
  service: string,
  broker: Broker,
  dataSource: DataSource,
  logger: Logger,
): NatsStrategy {
  return new NatsStrategy(broker, {
    service,
    maxInFlight,
    translate: (error) => (isOutage(error) ? databaseUnavailable() : error),
    onAnswered: (subject, seconds, problem, call, cause) => {
      requestSeconds.observe({ subject, code: problem?.code ?? 'ok' }, seconds);
      if (problem?.code === 'internal.error') {
        logger.error({ err: cause, subject, ...idsOf(call) }, 'unexpected error');
        return;
      }
      const level = call?.requestId === internalRequestId ? 'debug' : 'info';
      if (logger.isLevelEnabled(level))
        logger[level]({ subject, ...idsOf(call), code: problem?.code ?? 'ok', seconds }, 'answered');
    },
    events: eventOptions(dataSource, logger),
  });
}

/** By these a line is found again: the edge's id of the request, and the trace it belongs to. */
function idsOf(call: Call | undefined) {
  return { requestId: call?.requestId, ...traceIdsOf(call?.traceparent) };
}

/** The trace of the change that caused an event, where the event can be read that far. */
function traceOf(payload: string) {
  try {
    return traceIdsOf((JSON.parse(payload) as { traceparent?: string }).traceparent);
  } catch {
    return {};
  }
}

function eventOptions(dataSource: DataSource, logger: Logger): Omit<EventConsumerOptions, 'service'> {
  const outages = new FailureLog(logger, 'applying events');
  return {
    isOutage: isAway,
    probe: async () => {
      await dataSource.query('SELECT 1');
    },
    deadLetter: async (letter) => {
      await storeDeadLetter(dataSource, letter);
      deadLetters.inc({ subject: letter.subject });
      logger.error(
        {
          subject: letter.subject,
          eventId: letter.eventId,
          reason: letter.reason,
          ...traceOf(letter.payload),
        },
        'stored a dead letter',
      );
    },
    onApplied: (subject, lag) => {
      eventLagSeconds.observe({ subject }, lag);
      outages.recovered();
    },
    onIgnored: (subject) => eventsIgnored.inc({ subject }),
    onFailed: (subject, error) => {
      eventFailures.inc({ subject });
      if (isAway(error)) outages.failed(error);
      else logger.warn({ err: error, subject }, 'an event could not be applied');
    },
    onState: ({ consumer, waiting, underWay, seconds }) => {
      consumerWaiting.set({ consumer }, waiting);
      consumerUnderWay.set({ consumer }, underWay);
      consumerLagSeconds.set({ consumer }, seconds);
    },
  };
}

/** The database is away, or another service that the handler asked: the event is not to blame. */
function isAway(error: unknown): boolean {
  return isOutage(error) || (error instanceof Problem && error.code === 'service.unavailable');
}
