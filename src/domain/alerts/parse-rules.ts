import type { Dimension } from '../summary/dimensions.js';
import { DIMENSIONS } from '../summary/dimensions.js';
import type { AlertRule } from './alert-rule.js';
import { parseRule } from './parse-rule.js';
import { refuseAt } from './rule-reader.js';

/** Most rules that one file may have. */
export const MAX_RULES = 200;

/**
 * Reads a text with one rule a line; empty lines and those that begin with `#` are passed over. `source` names the text in
 * errors. @throws MR_ERR_RULE_INVALID, also where two rules have one name, or there is none or too many.
 */
export function parseRules(text: string, source: string): readonly AlertRule[] {
  const rules = new Map<string, AlertRule>();
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .entries()) {
    if (line.trim() === '' || line.trimStart().startsWith('#')) continue;
    const where = `${source} line ${index + 1}`;
    if (rules.size === MAX_RULES) throw refuseAt(where, 1, `at most ${MAX_RULES} rules`, 'one more');
    const rule = parseRule(line, where);
    if (rules.has(rule.name)) throw refuseAt(where, 1, 'a name that no rule above has', `'${rule.name}'`);
    rules.set(rule.name, rule);
  }
  if (rules.size === 0) throw refuseAt(`${source} line 1`, 1, 'a rule such as errorsPerMinute > 30 for 2m', 'none');
  return [...rules.values()];
}

/** The dimensions of which rules want keys per window, in their order. */
export function dimensionsOf(rules: readonly AlertRule[]): readonly Dimension[] {
  return DIMENSIONS.filter((dimension) => rules.some(({ by }) => by === dimension));
}
