import type { SummaryReport } from './summary-report.js';

/** What rules would have done over logs: the JSON contract `millrace.backtest/1`. Lists are empty rather than absent. */
export interface BacktestReport {
  readonly schema: 'millrace.backtest/1';
  readonly from: string | null;
  readonly to: string | null;
  readonly timezone: string;
  readonly lines: number;
  readonly parsed: number;
  readonly malformed: number;
  /** Entries that are in no window, since they state no time, or none from 1970 to 2106. */
  readonly timeless: number;
  /** Width of the windows at whose ends rules were judged, and the one that was asked for. */
  readonly window: { readonly seconds: number; readonly askedSeconds: number; readonly widened: boolean };
  /** In the order of the file. */
  readonly rules: readonly RuleReport[];
  readonly coverage: Pick<SummaryReport['coverage'], 'bytes' | 'counted' | 'complete' | 'quarantined' | 'digest'>;
  readonly unreadable: SummaryReport['unreadable'];
  readonly passedOver: SummaryReport['passedOver'];
}

/**
 * What became of a rule. `fired`: at least once, and `alerts` tell when. `quiet`: never. `holds`: it looks at what has no
 * time, was judged once over everything, and its condition holds. `untested`: `note` says why.
 */
export type Verdict = 'fired' | 'quiet' | 'holds' | 'untested';

export interface RuleReport {
  readonly name: string;
  readonly rule: string;
  readonly by: string | null;
  /** Of `value` and `worst`: `ms`, `%`, or nothing. */
  readonly unit: string;
  readonly verdict: Verdict;
  /** What must be known to read the verdict; null where nothing is out of the ordinary. */
  readonly note: string | null;
  /** As they were judged, in whole windows. */
  readonly spanSeconds: number;
  readonly forSeconds: number;
  readonly resolveForSeconds: number;
  /** The value over everything, where the rule was judged by it; else null. */
  readonly value: number | null;
  /** How often a key with lines in a window was not judged, since too many were watched; 0 where all were. */
  readonly keysRefused: number;
  /** In the order in which they fired. */
  readonly alerts: readonly AlertReport[];
}

export interface AlertReport {
  /** Null for a rule over all lines. */
  readonly key: string | null;
  /** Since when the condition held; instants are ISO 8601 UTC. */
  readonly since: string;
  readonly firedAt: string;
  /** Null where it still fired at the end of the log. */
  readonly resolvedAt: string | null;
  /** From firing to resolving, or to the end of the last window. */
  readonly seconds: number;
  /** Null where there was no value. */
  readonly worst: number | null;
  readonly worstAt: string | null;
}

/** Tells whether a check by this rule fails: it fired, it holds, or it was not tested, not even in part. */
export function isFailed({ verdict, keysRefused }: RuleReport): boolean {
  return verdict !== 'quiet' || keysRefused > 0;
}
