/** Keys that name a duration, as data. Sources: as in `field-keys.ts`. */
import type { DurationUnit } from './duration-value.js';

/** Stems that name a duration when a unit follows: `duration_ms`, `elapsedMs`, `took_seconds`. */
const DURATION_STEMS = [
  'duration',
  'elapsed',
  'latency',
  'took',
  'responseTime',
  'response_time',
  'requestTime',
  'request_time',
  'processingTime',
  'processing_time',
  'executionTime',
  'execution_time',
  'elapsedTime',
  'elapsed_time',
  'totalTime',
  'total_time',
  'req_duration',
  'request_duration',
  'http.duration',
  'time_taken',
  'timeTaken',
  'runtime',
  'attr.duration',
  'res.responseTime',
  'rt',
];

const UNIT_SUFFIXES: Readonly<Record<DurationUnit, readonly string[]>> = {
  ns: ['_ns', 'Ns', 'NS', '_nanos', 'Nanos', '_nanoseconds', 'Nanoseconds'],
  us: ['_us', 'Us', 'US', '_micros', 'Micros', '_microseconds', 'Microseconds'],
  ms: ['_ms', 'Ms', 'MS', '_millis', 'Millis', '_msec', 'Msec', '_milliseconds', 'Milliseconds'],
  s: ['_s', '_sec', '_secs', 'Sec', '_seconds', 'Seconds'],
  min: [],
  h: [],
};

/** Keys whose unit their authors document. */
const KNOWN_DURATIONS: readonly (readonly [key: string, unit: DurationUnit | null])[] = [
  ['responseTime', 'ms'],
  ['res.responseTime', 'ms'],
  ['response_time', 'ms'],
  ['response-time', 'ms'],
  ['event.duration', 'ns'],
  ['request_time', 's'],
  ['upstream_response_time', 's'],
  ['time_taken', 's'],
  ['time-taken', 's'],
  ['Duration', 'ns'],
  ['OriginDuration', 'ns'],
  ['Elapsed', 'ms'],
  ['ElapsedMilliseconds', 'ms'],
  ['httpRequest.latency', 's'],
  ['latency', null],
  ['duration', null],
  ['elapsed', null],
  ['took', null],
  ['service', null],
  ['execution_time', null],
  ['processing_time', null],
  ['elapsed_time', null],
  ['request_duration', null],
];

/** Keys with their units, the first counts most: those with a unit in their name more than those without. */
export const DURATION_KEYS: readonly (readonly [key: string, unit: DurationUnit | null])[] = durationKeys();

function durationKeys(): readonly (readonly [string, DurationUnit | null])[] {
  const named = (Object.keys(UNIT_SUFFIXES) as DurationUnit[]).flatMap((unit) =>
    UNIT_SUFFIXES[unit].flatMap((suffix) => DURATION_STEMS.map((stem) => [`${stem}${suffix}`, unit] as const)),
  );
  return [...named, ...KNOWN_DURATIONS];
}
