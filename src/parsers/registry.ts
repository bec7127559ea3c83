/** The formats that Millrace knows, in the one order in which a line tries them. */
import { failure } from '../domain/errors.js';
import type { Format } from './format.js';
import { COMBINED, COMMON } from './formats/access.js';
import { JSON_LINES, LOGFMT } from './formats/keyed.js';
import { PLAIN } from './formats/plain.js';
import { SYSLOG_3164, SYSLOG_5424 } from './formats/syslog.js';

/** From the most particular to the most general: the first that accepts a line has it. */
export const FORMATS: readonly Format[] = [JSON_LINES, SYSLOG_5424, COMBINED, COMMON, SYSLOG_3164, LOGFMT, PLAIN];

export const FORMAT_NAMES: readonly string[] = FORMATS.map(({ name }) => name);

/** The format of that name. @throws MR_ERR_FORMAT_UNKNOWN */
export function formatNamed(name: string): Format {
  const format = FORMATS.find((known) => known.name === name);
  if (format === undefined) throw failure('MR_ERR_FORMAT_UNKNOWN', [name, FORMAT_NAMES.join(', ')]);
  return format;
}
