/** When an alert fires, found naively: all entries in memory, each value counted anew, conditions by runs of windows. */

const WINDOW_MS = 10_000;

/** An entry of a log of JSON lines. */
export interface OracleEntry {
  readonly at: number;
  readonly method: string;
  readonly isError: boolean;
  readonly durationMs: number | null;
}

/** A rule without its grammar. */
export interface OracleRule {
  /** The value of the entries of one minute. */
  readonly valueOf: (minute: readonly OracleEntry[]) => number | null;
  readonly holds: (value: number) => boolean;
  readonly clears: (value: number) => boolean;
  readonly forWindows: number;
  readonly clearWindows: number;
}

/** One firing; instants as ISO 8601, null where it still fires at the end. */
export interface OracleAlert {
  readonly firedAt: string;
  readonly resolvedAt: string | null;
  readonly worst: number | null;
}

/** Reads JSON lines as `millrace generate --format json` writes them. */
export function entriesOf(log: string): readonly OracleEntry[] {
  return log
    .trim()
    .split('\n')
    .map((line) => {
      const { time, level, method, status, duration_ms } = JSON.parse(line) as Record<string, unknown>;
      const isError = level === 'error' || level === 'fatal' || Number(status) >= 500;
      const durationMs = typeof duration_ms === 'number' ? duration_ms : null;
      return { at: Date.parse(String(time)), method: String(method), isError, durationMs };
    });
}

/** Entries by the window of ten seconds that they lie in, from the first to the last, empty ones as well. */
export function windowsOf(entries: readonly OracleEntry[]): readonly (readonly OracleEntry[])[] {
  const numbers = entries.map(({ at }) => Math.floor(at / WINDOW_MS));
  const first = numbers.reduce((least, number) => Math.min(least, number), Infinity);
  const last = numbers.reduce((most, number) => Math.max(most, number), 0);
  const windows = Array.from({ length: last - first + 1 }, (): OracleEntry[] => []);
  for (const entry of entries) windows[Math.floor(entry.at / WINDOW_MS) - first]?.push(entry);
  return windows;
}

/** The values at the end of each window, over the minute before it. */
export function valuesOf({ valueOf }: OracleRule, windows: readonly (readonly OracleEntry[])[]): (number | null)[] {
  return windows.map((_, index) => valueOf(windows.slice(Math.max(0, index - 5), index + 1).flat()));
}

/** All firings over windows that begin at `startAt`. */
export function alertsOf(
  rule: OracleRule,
  values: readonly (number | null)[],
  startAt: number,
): readonly OracleAlert[] {
  const holds = (value: number | null | undefined): boolean => typeof value === 'number' && rule.holds(value);
  const clears = (value: number | null | undefined): boolean => typeof value !== 'number' || rule.clears(value);
  const endOf = (index: number): string => new Date(startAt + (index + 1) * WINDOW_MS).toISOString();
  const alerts: OracleAlert[] = [];
  let from = 0;
  for (;;) {
    const fired = endOfRun(values, from, Math.max(1, rule.forWindows), holds);
    if (fired === null) return alerts;
    const resolved = endOfRun(values, fired + 1, Math.max(1, rule.clearWindows), clears);
    let since = fired;
    while (since > from && holds(values[since - 1])) since -= 1;
    const shown = values.slice(since, resolved ?? values.length).filter((value) => value !== null);
    const worst = shown.reduce((most, value) => Math.max(most, value), -Infinity);
    alerts.push({ firedAt: endOf(fired), resolvedAt: resolved === null ? null : endOf(resolved), worst });
    if (resolved === null) return alerts;
    from = resolved + 1;
  }
}

/** Index at which the first run of `length` values in a row that begins at `from` or later is complete; null for none. */
function endOfRun<Value>(
  values: readonly Value[],
  from: number,
  length: number,
  is: (value: Value) => boolean,
): number | null {
  for (let end = from + length - 1; end < values.length; end += 1) {
    if (values.slice(end - length + 1, end + 1).every(is)) return end;
  }
  return null;
}
