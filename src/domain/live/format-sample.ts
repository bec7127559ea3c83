/** Lines of a sample by format, '' for malformed ones: those with most lines, the most first. */
export type FormatSample = readonly (readonly [format: string, lines: number])[];

/** Lines that it takes to say of which format a file is. */
export const SAMPLE_LINES = 20;
/** Formats that a sample tells apart; of the others it forgets the lines. */
const MAX_FORMATS = 4;

/** The lines of both. */
export function addedTo(sample: FormatSample, lines: FormatSample): FormatSample {
  const sums = new Map(sample);
  for (const [format, count] of lines) sums.set(format, (sums.get(format) ?? 0) + count);
  const counted = [...sums].filter(([, count]) => count > 0);
  return counted.sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1)).slice(0, MAX_FORMATS);
}

export function linesIn(sample: FormatSample): number {
  return sample.reduce((sum, [, lines]) => sum + lines, 0);
}

/** The format that at least half of the lines have; null where none has, or they are malformed. */
export function formatOf(sample: FormatSample): string | null {
  const [format, lines] = sample.find(([name]) => name !== '') ?? ['', 0];
  return lines > 0 && lines * 2 >= linesIn(sample) ? format : null;
}

/** Whether most of the lines are malformed or of another format. */
export function isForeign(sample: FormatSample, format: string | null): boolean {
  const own = sample.find(([name]) => name === format)?.[1] ?? 0;
  return own * 2 < linesIn(sample);
}
