/** The plan of a generation as it is kept: all that settles what its lines mean, so that they can be read again. */
import type { LinePlan } from '../follow/growth-source.js';
import { type Folding, FOLDINGS } from '../plan.js';

/** The plan of lines, and how ids in paths were counted. */
export interface GenerationPlan extends LinePlan {
  readonly folding: Folding;
}

/** As JSON; equal plans give equal texts. */
export function encodeGenerationPlan({ formats, timezone, seed, referenceAt, folding }: GenerationPlan): string {
  return JSON.stringify({ formats, timezone, seed, referenceAt, folding });
}

/** Null where the text is no such plan. */
export function decodeGenerationPlan(text: string): GenerationPlan | null {
  const value = parsed(text);
  const { formats, timezone, seed, referenceAt, folding } = value;
  const isPlan =
    Array.isArray(formats) &&
    formats.every((name) => typeof name === 'string') &&
    typeof timezone === 'string' &&
    typeof seed === 'number' &&
    typeof referenceAt === 'number' &&
    FOLDINGS.some((known) => known === folding);
  return isPlan ? { formats, timezone, seed, referenceAt, folding: folding as Folding } : null; // as was checked
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
