/** One to four bytes in a word, the first in the lowest; it stands also for those that are missing. */
export function packedBytes(bytes: string): number {
  return [0, 1, 2, 3].reduce(
    (word, place) => word | (bytes.charCodeAt(place < bytes.length ? place : 0) << (8 * place)),
    0,
  );
}
