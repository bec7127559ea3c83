/**
 * The name that was probably meant: the one that the fewest changes of letters lead to, if they are few; null for none.
 * Case, dashes and underscores make no difference, so `chunkSize` is near to `chunk-size`.
 */
export function nearestName(found: string, names: readonly string[]): string | null {
  const bare = bareOf(found);
  let nearest: string | null = null;
  let least = Math.floor(bare.length / 3) + 1;
  for (const name of names) {
    const candidate = bareOf(name);
    if (Math.abs(candidate.length - bare.length) >= least) continue;
    const changes = changesBetween(bare, candidate);
    if (changes < least) [nearest, least] = [name, changes];
  }
  return nearest;
}

function bareOf(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '');
}

/**
 * Letters to insert, remove, replace or swap with their neighbour to make `from` into `to`.
 * Source: optimal string alignment; L. Boytsov, "Indexing methods for approximate dictionary searching", 2011, section 2.1.
 */
function changesBetween(from: string, to: string): number {
  let before: readonly number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const isSame = from[row - 1] === to[column - 1];
      const isSwap = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      line[column] = Math.min(
        at(last, column) + 1,
        at(line, column - 1) + 1,
        at(last, column - 1) + (isSame ? 0 : 1),
        isSwap ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, last] = [last, line];
  }
  return at(last, to.length);
}

function at(line: readonly number[], column: number): number {
  return line[column] ?? Number.POSITIVE_INFINITY;
}
