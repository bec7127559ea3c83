import { bytesOf } from '../domain/byte-string.js';
import type { LineBlock } from './line-block.js';

const DAY_MS = 86_400_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const COLON = 58;
const DOT = 46;
const BLANK = 32;
const UPPER_T = 84;
const UPPER_Z = 90;
const UTC_OFFSET = bytesOf(' +0000');

/** Writes instants (whole epoch ms) as UTC in the shapes of log formats; the text of a day is made once. */
export class StampWriter {
  /** Where the time of day of the last stamp begins in its block. */
  clockAt = 0;
  private day = Number.NaN;
  private isoDay: Uint8Array = new Uint8Array();
  private clfDay: Uint8Array = new Uint8Array();
  private bsdDay: Uint8Array = new Uint8Array();

  /** `2024-01-24 10:15:32.123`. */
  iso(block: LineBlock, instant: number): void {
    this.isoWith(block, instant, BLANK);
  }

  /** `2024-01-24T10:15:32.123Z`. Source: RFC 3339. */
  rfc3339(block: LineBlock, instant: number): void {
    this.isoWith(block, instant, UPPER_T);
    block.byte(UPPER_Z);
  }

  /** `24/Jan/2024:10:15:32 +0000`. Source: Apache HTTP Server, mod_log_config, `%t`. */
  clf(block: LineBlock, instant: number): void {
    const sinceMidnight = this.enterDay(instant);
    block.put(this.clfDay);
    block.byte(COLON);
    this.clock(block, sinceMidnight);
    block.put(UTC_OFFSET);
  }

  /** `Jan  4 10:15:32`. Source: RFC 3164, section 4.1.2. */
  bsd(block: LineBlock, instant: number): void {
    const sinceMidnight = this.enterDay(instant);
    block.put(this.bsdDay);
    block.byte(BLANK);
    this.clock(block, sinceMidnight);
  }

  private isoWith(block: LineBlock, instant: number, separator: number): void {
    const sinceMidnight = this.enterDay(instant);
    block.put(this.isoDay);
    block.byte(separator);
    this.clock(block, sinceMidnight);
    block.byte(DOT);
    block.digits(sinceMidnight % 1000, 3);
  }

  private clock(block: LineBlock, sinceMidnight: number): void {
    const seconds = (sinceMidnight / 1000) | 0;
    const minutes = (seconds / 60) | 0;
    const hours = (minutes / 60) | 0;
    this.clockAt = block.at;
    block.digits(hours, 2);
    block.byte(COLON);
    block.digits(minutes - hours * 60, 2);
    block.byte(COLON);
    block.digits(seconds - minutes * 60, 2);
  }

  /** Makes the texts of the day of `instant`; returns the ms since its midnight. */
  private enterDay(instant: number): number {
    const day = Math.floor(instant / DAY_MS);
    if (day !== this.day) {
      this.day = day;
      const [year = '', month = '', date = ''] = new Date(day * DAY_MS).toISOString().slice(0, 10).split('-');
      const name = MONTHS[Number(month) - 1] ?? '';
      this.isoDay = bytesOf(`${year}-${month}-${date}`);
      this.clfDay = bytesOf(`${date}/${name}/${year}`);
      this.bsdDay = bytesOf(`${name} ${String(Number(date)).padStart(2, ' ')}`);
    }
    return instant - day * DAY_MS;
  }
}
