/**
 * Tells whether a text matches a pattern of `*` (any characters) and `?` (one character); a pattern without them matches where it
 * occurs. Time is at most the product of both lengths, whatever the pattern.
 * Source: Kirk J. Krauss, "Matching Wildcards: An Algorithm", Dr. Dobb's Journal, 2008.
 */
export function matchesPattern(text: string, pattern: string): boolean {
  if (!/[*?]/.test(pattern)) return text.includes(pattern);
  let [at, place] = [0, 0];
  let star = -1;
  let resumeAt = 0;
  while (at < text.length) {
    if (pattern[place] === '*') {
      star = place;
      resumeAt = at;
      place += 1;
    } else if (pattern[place] === '?' || pattern[place] === text[at]) {
      at += 1;
      place += 1;
    } else if (star >= 0) {
      resumeAt += 1;
      at = resumeAt;
      place = star + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(place));
}
