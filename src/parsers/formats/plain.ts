/**
 * Text of applications: a date with its time, mostly a level, a message. Sources: log4j and logback patterns, Python
 * `logging`, glog and klog, nginx and Apache error logs, PostgreSQL `log_line_prefix`, MongoDB, Ruby `Logger`, Monolog.
 */
import {
  type Format,
  header,
  lead,
  levelLetter,
  levelMark,
  literal,
  message,
  type Piece,
  stamp,
  word,
} from '../format.js';
import type { ShapeName } from '../stamp-shapes.js';

/** In the order in which they are tried: the first that fits is taken. */
const SHAPES: readonly ShapeName[] = [
  'iso',
  'slashed',
  'clf',
  'bsd',
  'bsdYear',
  'ctime',
  'dayMonthYear',
  'dayMonth',
  'isoBasic',
  'dotted',
  'httpDate',
  'shortSlashed',
  'monthDay',
  'dashed',
  'compact',
  'compactDate',
  'american',
  'epoch',
];

/** Shapes that are mere numbers: behind a word they would be taken for stamps too often. */
const NUMBERS: readonly ShapeName[] = ['compact', 'epoch'];
const SHAPES_IN_TEXT = SHAPES.filter((shape) => !NUMBERS.includes(shape));

/** Tokens that may stand before the stamp. */
const LEAD_TOKENS = 12;

/** `26571:M 24 Jan 2024 10:15:32.123 * text`. Source: Redis, `serverLogRaw`. */
const REDIS: readonly Piece[] = [
  word('pid', ':'),
  literal(':'),
  word(null),
  literal(' '),
  stamp('dayMonthYear', 'dayMonth'),
  literal(' '),
  levelMark,
  literal(' '),
  message,
];

export const PLAIN: Format = {
  name: 'plain',
  title: 'text with a date and a time, mostly a level, a message',
  layouts: [
    REDIS,
    [levelLetter, stamp('glog', 'glogYear'), header, message],
    [lead(LEAD_TOKENS, SHAPES, SHAPES_IN_TEXT), header, message],
  ],
};
