/** Lines of a log that every version of the parsers reads: one each 100 ms, one in 50 an error, 0 to 299 ms. */
export function logLines(count: number): string {
  let text = '';
  for (let index = 0; index < count; index += 1) {
    const at = new Date(Date.UTC(2024, 0, 24, 10, 15) + index * 100).toISOString();
    const level = index % 50 === 0 ? 'ERROR' : 'INFO';
    text += `${at.slice(0, 10)} ${at.slice(11, 23)} ${level} Request processed in ${(index * 7) % 300}ms\n`;
  }
  return text;
}
