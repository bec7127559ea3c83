import { microsecondsOfText } from './duration-value.js';
export function findTextDuration(text: string): number | null {
  const m = /\b(?:in|took|elapsed=) ?(\d+(?:\.\d+)? ?(?:ms|s))\b/.exec(text);
  return m ? microsecondsOfText(m[1] ?? '') : null;
}
