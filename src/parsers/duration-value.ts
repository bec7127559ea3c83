export type DurationUnit = 'ns' | 'us' | 'ms' | 's' | 'min' | 'h';
export function microsecondsOf(text: string, unit: DurationUnit): number | null {
  const f = { ns: 1e-3, us: 1, ms: 1e3, s: 1e6, min: 6e7, h: 3.6e9 }[unit];
  return /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * f) : null;
}
export function microsecondsOfText(text: string): number | null {
  const m = /^(\d+(?:\.\d+)?) ?(ns|us|ms|s|min|h)$/.exec(text);
  return m ? microsecondsOf(m[1] ?? '', m[2] as DurationUnit) : null;
}
