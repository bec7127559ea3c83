/** The known word that is most like `word`, at most two letters away; empty where none is. */
export function nearestWord(word: string, known: Iterable<string>): string {
  let best = '';
  let least = Math.min(3, word.length);
  for (const candidate of known) {
    const distance = editDistance(word, candidate);
    if (distance >= least) continue;
    best = candidate;
    least = distance;
  }
  return best;
}

/** Letters to insert, delete or change; words are short, and longer ones than 32 are not compared. */
function editDistance(left: string, right: string): number {
  if (left.length > 32) return Infinity;
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? Infinity;
}
