/** What operators see of a running Patchbay: Prometheus metrics and OpenTelemetry traces. */
export { createMetrics, type Metrics } from './metrics.ts';
export {
  createTracing,
  deriveSpanId,
  deriveTraceId,
  formatTraceparent,
  readTraceparent,
  type SpanRecord,
  type Tracing,
} from './tracing.ts';
