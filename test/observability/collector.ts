import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** One span as it came over OTLP, with the process that made it. */
export interface CollectedSpan {
  service: string;
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId: string;
  attributes: Record<string, string | number>;
  links: { traceId: string; spanId: string }[];
  /** 2 stands for an error. */
  status: number;
}

/** Takes traces as an OpenTelemetry collector does: OTLP over HTTP, in JSON. */
export class Collector {
  readonly spans: CollectedSpan[] = [];
  private constructor(private readonly server: Server) {}

  static async start(): Promise<Collector> {
    const server = createServer();
    const collector = new Collector(server);
    server.on('request', (request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const known = request.method === 'POST' && request.url === '/v1/traces';
        if (known) collector.take(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Export);
        response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' }).end('{}');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return collector;
  }

  get endpoint(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  ofTrace(traceId: string): CollectedSpan[] {
    return this.spans.filter((span) => span.traceId === traceId);
  }

  stop(): void {
    this.server.close();
    this.server.closeAllConnections();
  }

  private take({ resourceSpans }: Export): void {
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = String(read(resource.attributes)['service.name']);
      for (const span of scopeSpans.flatMap((scope) => scope.spans)) {
        const { attributes = [], links = [], parentSpanId = '', status = {}, ...rest } = span;
        this.spans.push({
          ...rest,
          service,
          parentSpanId,
          links,
          attributes: read(attributes),
          status: status.code ?? 0,
        });
      }
    }
  }
}

interface Attribute {
  key: string;
  /** An integer is a number or, as OTLP's JSON writes 64 bits, a text. */
  value: { stringValue?: string; intValue?: number | string; doubleValue?: number };
}

interface SentSpan {
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  attributes?: Attribute[];
  links?: { traceId: string; spanId: string }[];
  status?: { code?: number };
}

interface Export {
  resourceSpans: { resource: { attributes: Attribute[] }; scopeSpans: { spans: SentSpan[] }[] }[];
}

function read(attributes: Attribute[]): Record<string, string | number> {
  return Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue, doubleValue } }) => [
      key,
      stringValue ?? (intValue === undefined ? (doubleValue ?? '') : Number(intValue)),
    ]),
  );
}

/** The kinds of spans, as OTLP numbers them. */
export const kindNames = { internal: 1, server: 2, client: 3, producer: 4, consumer: 5 } as const;

/** Each span below one with those above it, as `service kind name > service kind name`. */
export function linesOf(spans: readonly CollectedSpan[], parentSpanId: string, above = ''): string[] {
  return spans
    .filter((span) => span.parentSpanId === parentSpanId)
    .flatMap((span) => {
      const kind = Object.entries(kindNames).find(([, number]) => number === span.kind)?.[0];
      const line = `${above}${span.service} ${kind} ${span.name}`;
      return [line, ...linesOf(spans, span.spanId, `${line} > `)];
    });
}
