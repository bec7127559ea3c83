import type { LogEntry, RejectionReason } from '../domain/log-entry.js';
export interface LineParser {
  parse(line: string): LogEntry | { readonly reason: RejectionReason };
}
export function createLineParser(_plan: unknown): LineParser {
  return {
    parse(line) {
      const m = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) (\w+) (.*?(?:in (\d+)ms)?)$/.exec(line);
      if (!m) return { reason: 'no timestamp' };
      return {
        format: 'plain',
        timestamp: Date.parse(`${m[1]}Z`),
        isOutOfRange: false,
        level: m[2] as 'INFO',
        message: m[3] ?? '',
        durationSource: m[4] ? 'message' : null,
        metrics: m[4] ? { durationUs: Number(m[4]) * 1000 } : {},
        fields: {},
      };
    },
  };
}
