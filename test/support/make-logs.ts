/** Logs for tests: made from a seed, every line of them our own. */
import { Random } from './random.js';

const START = Date.UTC(2024, 2, 30, 22);

/** Three formats that alternate, with malformed, empty, CRLF and cut lines, NULs, and bytes that are no UTF-8. */
export function mixedLog(lines: number, seed: number): string {
  const source = new Random(seed);
  const random = (): number => source.unit();
  return Array.from({ length: lines }, (_, index) => lineOf(index, random)).join('');
}

function lineOf(index: number, random: () => number): string {
  const at = new Date(START + index * 731);
  const iso = at.toISOString().replace('T', ' ').replace('Z', '');
  const tookMs = Math.floor(random() ** 3 * 4000);
  const draw = random();
  if (draw < 0.4) return `${iso} ${draw < 0.03 ? 'ERROR' : 'INFO'} Order ${index} processed in ${tookMs}ms\n`;
  if (draw < 0.6)
    return `{"timestamp":"${iso}","level":"warn","message":"stored","duration_ms":${tookMs},"path":"/jobs/${index % 50}"}\n`;
  if (draw < 0.85)
    return `${accessOf(at, `/shop/no-${Math.floor(random() ** 2 * 300)}`, random)} ${(tookMs / 1000).toFixed(3)}\n`;
  if (draw < 0.9) return `${iso} WARN caf\xe9 \xff line with CRLF\r\n`;
  if (draw < 0.93) return '\n';
  if (draw < 0.95) return '\0\0\0';
  return (
    ['not a log line\n', '2024-03-30 ERROR\n', '10:15:33.001 INFO late\n', '{"level":"info","msg":"cut o\n'][
      index % 4
    ] ?? '\n'
  );
}

function accessOf(at: Date, path: string, random: () => number): string {
  const [day, month, year] = [
    at.getUTCDate(),
    ['Jan', 'Feb', 'Mar', 'Apr'][at.getUTCMonth()] ?? 'May',
    at.getUTCFullYear(),
  ];
  const time = `${String(day).padStart(2, '0')}/${month}/${year}:${at.toISOString().slice(11, 19)} +0000`;
  const status = random() < 0.04 ? 503 : 200;
  return `10.0.${Math.floor(random() * 4)}.${Math.floor(random() * 250)} - - [${time}] "GET ${path} HTTP/1.1" ${status} ${Math.floor(random() * 9000)} "-" "agent"`;
}

/** Access lines with this many paths, of which seven are hot; none has an id to fold. */
export function manyPaths(paths: number): string {
  const source = new Random(42);
  const random = (): number => source.unit();
  return Array.from({ length: paths }, (_, index) => {
    const path = index % 10 === 0 ? `/hot/no-${index % 7}` : `/item/no-${index}`;
    return `${accessOf(new Date(START + index * 20), path, random)}\n`;
  }).join('');
}

/** One line for each of many minutes, spread over ten years. */
export function tenYears(lines: number): string {
  const stepMs = (10 * 365 * 86_400_000) / lines;
  return Array.from({ length: lines }, (_, index) => {
    const at = new Date(Date.UTC(2014, 0, 1) + Math.floor(index * stepMs));
    return `${at.toISOString()} INFO Job ${index} done in ${index % 997}ms\n`;
  }).join('');
}
