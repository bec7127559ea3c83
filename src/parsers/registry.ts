/** The formats that Millrace knows, in the one order in which a line tries them. */
import type { Format } from './format.js';
import { COMBINED, COMMON } from './formats/access.js';
import { JSON_LINES, LOGFMT } from './formats/keyed.js';
import { PLAIN } from './formats/plain.js';
import { SYSLOG_3164, SYSLOG_5424 } from './formats/syslog.js';

/** From the most particular to the most general: the first that accepts a line has it. */
export const FORMATS: readonly Format[] = [JSON_LINES, SYSLOG_5424, COMBINED, COMMON, SYSLOG_3164, LOGFMT, PLAIN];

export const FORMAT_NAMES: readonly string[] = FORMATS.map(({ name }) => name);
