/** Parts of requests that several formats write. */
import { bytesOf } from '../../domain/byte-string.js';
import { putName, putPath } from '../key-writer.js';
import type { LineBlock } from '../line-block.js';
import type { TrafficEvent } from '../traffic-event.js';

const PAGE = bytesOf('?page=');
const SORT = bytesOf('&sort=price');
const SEARCH = bytesOf('?q=');
const QUOTED = bytesOf('?q="cheap lamp" blue');
const FILLER = bytesOf('?data=');
const PLUS = 43;
const UPPER_A = 65;
/** Names that are searched for. */
const SEARCHED = 4096;
const PAGES = 40;

/** Writes the path of a request. */
export function putPathOf(block: LineBlock, { route, number }: TrafficEvent): void {
  if (route !== null) putPath(block, route, number);
}

/** Writes the target of a request: path and query. */
export function putTarget(block: LineBlock, event: TrafficEvent): void {
  const { route, query, filler } = event;
  putPathOf(block, event);
  if (event.hasQuotes) return block.put(QUOTED);
  if (filler > 0) {
    block.put(FILLER);
    return block.fill(UPPER_A, filler);
  }
  if (route?.query === 'page') {
    block.put(PAGE);
    block.decimal(query % PAGES);
    if (query % 3 === 0) block.put(SORT);
  } else if (route?.query === 'search') {
    block.put(SEARCH);
    putName(block, query % SEARCHED);
    block.byte(PLUS);
    putName(block, (query >>> 4) % SEARCHED);
  }
}
