/** Formats in which every value has a key. What the keys mean stands in `field-keys.ts`. */
import { type Format, json, pairs } from '../format.js';
import { CONTAINER } from './container.js';

/** One JSON object a line. Source: RFC 8259; ndjson. */
export const JSON_LINES: Format = {
  name: 'json',
  title: 'JSON lines (pino, bunyan, winston, zap, logrus, structlog, ECS, Caddy, Traefik, nginx, …)',
  layouts: [[json], [...CONTAINER, json]],
};

/** `level=info msg="…" duration=12ms`. */
export const LOGFMT: Format = {
  name: 'logfmt',
  title: 'key=value pairs (logrus, Go kit, Grafana, Prometheus, Heroku)',
  layouts: [[pairs], [...CONTAINER, pairs]],
};
