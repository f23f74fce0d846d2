export { HealthReport, type ComponentHealth, type HealthSnapshot } from './health';
export { Heartbeat, type SignsOfLife } from './heartbeat';
export { createLogger, type Logger, type LoggerOptions } from './logger';
export { createMetrics, type Metrics } from './metrics';
export { METRICS, OpsController } from './ops.controller';
export { NestLogger } from './nest-logger';
export { HIDDEN, redact, redactText } from './redact';
