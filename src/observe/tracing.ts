import { createHash } from 'node:crypto';
import {
  context,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  TraceFlags,
  trace,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, type IdGenerator, TracerProvider } from '@opentelemetry/sdk-trace';

/** A piece of work that has ended. Instants are epoch milliseconds. */
export interface SpanRecord {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  /** Work of another trace that led to this one. */
  readonly link?: { readonly traceId: string; readonly spanId: string } | undefined;
  readonly kind: 'server' | 'client' | 'internal';
  readonly startedAt: number;
  readonly endedAt: number;
  /** Why it failed; absent when it did not. */
  readonly error?: string;
  readonly attributes: Readonly<Record<string, string | number>>;
}

/** Sends spans to a collector. A run may end on another node than it began, so ids are given, not drawn. */
export interface Tracing {
  record(span: SpanRecord): void;
  /** Sends what has not been sent. */
  close(): Promise<void>;
}

const KINDS = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

/** @param endpoint of the collector, as in OTEL_EXPORTER_OTLP_ENDPOINT: `http://localhost:4318` */
export function createTracing(endpoint: string, version: string): Tracing {
  const ids = new GivenIds();
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new TracerProvider({
    idGenerator: ids,
    spanProcessors: [new BatchSpanProcessor({ exporter })],
    resource: resourceFromAttributes({ 'service.name': 'patchbay', 'service.version': version }),
  });
  const tracer = provider.getTracer('patchbay', version);
  return {
    record: (span) => {
      ids.next(span);
      const parent = span.parentSpanId === undefined ? ROOT_CONTEXT : within(span.traceId, span.parentSpanId);
      const started = tracer.startSpan(
        span.name,
        {
          kind: KINDS[span.kind],
          startTime: span.startedAt,
          attributes: { ...span.attributes },
          ...(span.link === undefined
            ? {}
            : { links: [{ context: { ...span.link, traceFlags: TraceFlags.SAMPLED } }] }),
        },
        parent,
      );
      if (span.error !== undefined) started.setStatus({ code: SpanStatusCode.ERROR, message: span.error });
      started.end(span.endedAt);
    },
    close: () => provider.shutdown(),
  };
}

function within(traceId: string, spanId: string) {
  const parent: SpanContext = { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true };
  return trace.setSpanContext(context.active(), parent);
}

/** Hands out the ids of the span that is about to be made. */
class GivenIds implements IdGenerator {
  #traceId = '';
  #spanId = '';

  next({ traceId, spanId }: { traceId: string; spanId: string }): void {
    this.#traceId = traceId;
    this.#spanId = spanId;
  }

  generateTraceId(): string {
    return this.#traceId;
  }

  generateSpanId(): string {
    return this.#spanId;
  }
}

/** The `traceparent` header of W3C Trace Context, sampled. */
export function formatTraceparent(traceId: string, spanId: string): string {
  return `00-${traceId}-${spanId}-01`;
}

/** The ids in a caller's `traceparent`; undefined when it has none that could be followed. */
export function readTraceparent(header: unknown): { traceId: string; spanId: string } | undefined {
  const match =
    typeof header === 'string' ? /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(header) : null;
  const [, traceId = '', spanId = ''] = match ?? [];
  return /[1-9a-f]/.test(traceId) && /[1-9a-f]/.test(spanId) ? { traceId, spanId } : undefined;
}

/** An id that every node gives the same piece of work: 16 hexadecimal digits. */
export function deriveSpanId(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}

/** The same for a whole trace: 32 hexadecimal digits. */
export function deriveTraceId(text: string): string {
  return createHash('sha256').update(`trace ${text}`).digest('hex').slice(0, 32);
}
