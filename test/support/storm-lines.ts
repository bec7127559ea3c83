/** Lines of an access log from whose counts follows where one was lost or doubled. A thousand lines are one window of 10 s. */

/** Rotated files that are kept. */
export const STORM_KEPT = 100;

/** Lines of one window, and of one path. */
const BLOCK = 1000;
const STATUSES = 50;
const EPOCH_MS = Date.UTC(2024, 0, 24);
const LINE_MS = 10;

/** Lines and the sum of their sizes, which are their numbers; sizes are not counted but per key: there 0. */
export interface Cell {
  readonly lines: number;
  readonly bytes: number;
}

/** Cells by window, dimension and key. */
export type Cells = ReadonlyMap<string, Cell>;

export function stormLine(number: number): string {
  const time = new Date(EPOCH_MS + number * LINE_MS).toISOString().slice(11, 19);
  return `10.0.0.1 - - [24/Jan/2024:${time} +0000] "GET ${pathOf(number)} HTTP/1.1" ${statusOf(number)} ${number}\n`;
}

/** The name of a cell. */
export function cellName(startMs: number, dimension: string, key: string): string {
  return `${new Date(startMs).toISOString()} ${dimension} ${key}`;
}

/** What must be counted of the lines of `[0, lines)`. */
export function cellsOf(lines: number): Map<string, Cell> {
  const cells = new Map<string, Cell>();
  for (let number = 0; number < lines; number += 1) {
    const start = EPOCH_MS + Math.floor(number / BLOCK) * BLOCK * LINE_MS;
    for (const [dimension, key] of [
      ['all', ''],
      ['path', pathOf(number)],
      ['status', String(statusOf(number))],
    ] as const) {
      const name = cellName(start, dimension, key);
      const { lines: before, bytes } = cells.get(name) ?? { lines: 0, bytes: 0 };
      cells.set(name, { lines: before + 1, bytes: dimension === 'all' ? 0 : bytes + number });
    }
  }
  return cells;
}

/** Letters, so that the path does not look like one with an id. */
function pathOf(number: number): string {
  const block = String(Math.floor(number / BLOCK));
  return `/${block.replace(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)))}`;
}

function statusOf(number: number): number {
  return 200 + (number % STATUSES);
}
