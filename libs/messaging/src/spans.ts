import type { Call, EventEnvelope, RequestContract } from '#contracts';
import { SpanKind, beginSpan, currentTraceparent, tracingIsOn, type OpenSpan, type SpanPlan } from '#tracing';
import type { AcknowledgedEvent, OutgoingEvent } from './events/event-publisher.js';

/** The spans of messages, named as https://opentelemetry.io/docs/specs/semconv/messaging/ and /rpc/ have it. */

function rpcAttributes(subject: string) {
  const [, service = '', method = ''] = subject.split('.');
  return { 'rpc.system': 'nats', 'rpc.service': service, 'rpc.method': method };
}

/** A request as its caller sees it. */
export function clientSpan({ subject }: RequestContract, _input: unknown, call: Call): SpanPlan {
  const parent = currentTraceparent() ?? call.traceparent;
  return { name: subject, kind: SpanKind.CLIENT, attributes: rpcAttributes(subject), parent };
}

/** The same request as the service that answers sees it. */
export function serverSpan(subject: string): (input: unknown, call: Call) => SpanPlan {
  const attributes = rpcAttributes(subject);
  return (_input, { requestId, traceparent }) => ({
    name: subject,
    kind: SpanKind.SERVER,
    attributes: { ...attributes, 'waystop.request_id': requestId },
    parent: traceparent,
  });
}

function eventAttributes(operation: 'send' | 'process', subject: string, id: string) {
  return {
    'messaging.system': 'nats',
    'messaging.operation.name': operation,
    'messaging.operation.type': operation,
    'messaging.destination.name': subject,
    'messaging.message.id': id,
  };
}

/** An event that a service applies: it continues the trace of the change that caused the event. */
export function consumerSpan(subject: string, service: string): (event: EventEnvelope) => SpanPlan {
  return ({ id, traceparent }) => ({
    name: `process ${subject}`,
    kind: SpanKind.CONSUMER,
    attributes: { ...eventAttributes('process', subject, id), 'messaging.consumer.group.name': service },
    parent: traceparent,
  });
}

type Publish = (events: OutgoingEvent[]) => Promise<AcknowledgedEvent[]>;

/** Gives each event that leaves the outbox a span in the trace of its change, from its sending to the stream's word. */
export function tracedPublish(publish: Publish): Publish {
  if (!tracingIsOn()) return publish;
  return async (events) => {
    const spans = events.map((event) => [event.id, beginSend(event)] as const);
    const acknowledged = new Set<string>();
    try {
      const answers = await publish(events);
      for (const { id } of answers) acknowledged.add(id);
      return answers;
    } finally {
      for (const [id, span] of spans) {
        if (!acknowledged.has(id)) span?.fail(new Error('The stream did not acknowledge the event.'));
        span?.end();
      }
    }
  };
}

function beginSend({ id, subject, payload }: OutgoingEvent): OpenSpan | undefined {
  const { traceparent: parent } = JSON.parse(payload) as EventEnvelope;
  const attributes = eventAttributes('send', subject, id);
  return beginSpan({ name: `send ${subject}`, kind: SpanKind.PRODUCER, attributes, parent });
}
