import type { ChaosPlan } from '../../domain/chaos.js';
import type { From } from '../../domain/follow/next-range.js';
import type { Folding } from '../../domain/plan.js';
import type { Dimension } from '../../domain/summary/dimensions.js';

export interface WatchConfig {
  readonly roots: readonly string[];
  readonly state: string;
  readonly from: From;
  readonly scanIntervalMs: number;
  readonly commitIntervalMs: number;
  readonly maxChunkBytes: number;
  readonly keys: readonly Dimension[];
  readonly timezone: string;
  readonly formats: readonly string[];
  readonly folding: Folding;
  readonly workers: number;
  readonly stallTimeoutMs: number;
  readonly chaos: ChaosPlan | null;
  readonly poison: string | null;
}
