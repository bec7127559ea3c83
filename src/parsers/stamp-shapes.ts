/**
 * Shapes of time stamps, as data. A shape is a list of parts, read from left to right; what a part reads is its name.
 * Only a full date with a full time of day is a stamp; the year alone may be missing where the shape is known to leave
 * it out, and the zone where it has none.
 */

/** A part of a shape. Strings that are no name of a part are literal bytes. */
export type StampPart =
  /** Digits, as many as the name says. */
  | 'year4'
  | 'year2'
  | 'month2'
  | 'day2'
  | 'hour2'
  | 'minute2'
  | 'second2'
  /** One or two digits, also behind a blank. */
  | 'day'
  | 'hour'
  /** Three letters: `Jan`, `JAN`, `jan`. */
  | 'monthName'
  | 'weekday'
  /** Nothing, or `.`, `,` or `:` and 1 to 9 digits, of which the first three count. */
  | 'fraction?'
  /** As above, and not missing. */
  | 'fraction'
  /** Nothing, `Z`, `+hh`, `+hhmm`, `+hh:mm` or a known zone word, with or without a blank before it. */
  | 'zone?'
  /** As above, and not missing. */
  | 'zone'
  /** Nothing, or `AM` / `PM` in either case, with or without a blank before it. */
  | 'meridiem?'
  /** As above, and not missing. */
  | 'meridiem'
  /** 10 digits of seconds or 13 of ms with an optional fraction, 16 of us or 19 of ns since 1970. */
  | 'epoch'
  /** Any one of these literals, the first that fits. */
  | readonly string[]
  | { readonly literal: string };

const lit = (text: string): StampPart => ({ literal: text });
/** The day and the hour may be padded with a blank. */
const LOOSE_TIME: readonly StampPart[] = ['hour', lit(':'), 'minute2', lit(':'), 'second2'];
const TIME: readonly StampPart[] = ['hour2', lit(':'), 'minute2', lit(':'), 'second2'];

/** All shapes by name. */
export const STAMP_SHAPES = {
  /** `2024-01-24T10:15:32.123+02:00`, `2024-01-24 10:15:32,123`. Sources: ISO 8601, RFC 3339; log4j, Python logging. */
  iso: ['year4', lit('-'), 'month2', lit('-'), 'day2', ['T', ' ', 't', '_'], ...LOOSE_TIME, 'fraction?', 'zone?'],
  /** The same with `T` and a zone, both obligatory. Source: RFC 3339; rsyslog's `date-rfc3339`. */
  rfc3339: ['year4', lit('-'), 'month2', lit('-'), 'day2', lit('T'), ...TIME, 'fraction?', 'zone'],
  /** `20240124T101532Z`. Source: ISO 8601, basic format. */
  isoBasic: ['year4', 'month2', 'day2', ['T', '-'], 'hour2', 'minute2', 'second2', 'fraction?', 'zone?'],
  /** `2024/01/24 10:15:32`, also with ` - ` between. Sources: nginx error log, Go `log`, gin. */
  slashed: ['year4', lit('/'), 'month2', lit('/'), 'day2', [' - ', ' ', 'T'], ...LOOSE_TIME, 'fraction?', 'zone?'],
  /** `2024.01.24 10:15:32`. */
  dotted: ['year4', lit('.'), 'month2', lit('.'), 'day2', [' ', '-'], ...TIME, 'fraction?', 'zone?'],
  /** `24/Jan/2024:10:15:32 +0000`. Source: Apache HTTP Server, mod_log_config, `%t`. */
  clf: ['day2', lit('/'), 'monthName', lit('/'), 'year4', [':', ' '], ...TIME, 'fraction?', 'zone?'],
  /** `24-Jan-2024 10:15:32.123`, `24 Jan 2024 10:15:32.123`. Sources: Tomcat, BIND; Redis 5. */
  dayMonthYear: ['day', ['-', ' '], 'monthName', ['-', ' '], 'year4', [' ', ':', 'T'], ...TIME, 'fraction?', 'zone?'],
  /** `24 Jan 10:15:32.123`, without a year. Source: Redis before 5. */
  dayMonth: ['day', lit(' '), 'monthName', lit(' '), ...TIME, 'fraction?'],
  /** `Jan 24 10:15:32`, `Jan  4 2024 10:15:32`. Source: RFC 3164, section 4.1.2; the year may be missing. */
  bsd: ['monthName', [' ', '-'], 'day', lit(' '), ...TIME, 'fraction?', 'zone?'],
  bsdYear: [
    'monthName',
    lit(' '),
    'day',
    [', ', ' '],
    'year4',
    lit(' '),
    ...LOOSE_TIME,
    'fraction?',
    'meridiem?',
    'zone?',
  ],
  /** `Wed Jan 24 10:15:32.123456 2024`, also with a zone before the year. Sources: C `ctime`; Apache error log. */
  ctime: [
    'weekday',
    lit(' '),
    'monthName',
    lit(' '),
    'day',
    lit(' '),
    ...TIME,
    'fraction?',
    'zone?',
    lit(' '),
    'year4',
  ],
  /** `Wed, 24 Jan 2024 10:15:32 GMT`. Source: RFC 9110, section 5.6.7; RFC 5322. */
  httpDate: [
    'weekday',
    [', ', ' '],
    'day',
    lit(' '),
    'monthName',
    lit(' '),
    'year4',
    lit(' '),
    ...TIME,
    'fraction?',
    'zone?',
  ],
  /** `0124 10:15:32.123456`, without a year, and `20240124 10:15:32.123456`, after a letter. Sources: klog; glog. */
  glog: ['month2', 'day2', lit(' '), ...TIME, 'fraction'],
  glogYear: ['year4', 'month2', 'day2', lit(' '), ...TIME, 'fraction'],
  /** `01-24 10:15:32.123`, without a year. Source: Android logcat, `threadtime`. */
  monthDay: ['month2', lit('-'), 'day2', lit(' '), ...TIME, 'fraction'],
  /** `24/01/24 10:15:32`: year, month, day. Source: Spark's and Hadoop's log4j default. */
  shortSlashed: ['year2', lit('/'), 'month2', lit('/'), 'day2', lit(' '), ...TIME, 'fraction?'],
  /** `240124 101532`. Source: HDFS audit log layout. */
  compact: ['year2', 'month2', 'day2', lit(' '), 'hour2', 'minute2', 'second2'],
  /** `240124 10:15:32`, `240124  0:15:32`. Source: MySQL 5 error log. */
  compactDate: ['year2', 'month2', 'day2', lit(' '), ...LOOSE_TIME],
  /** `2024-01-24-10.15.32.123456`. Source: Db2, Blue Gene/L. */
  dashed: [
    'year4',
    lit('-'),
    'month2',
    lit('-'),
    'day2',
    lit('-'),
    'hour2',
    lit('.'),
    'minute2',
    lit('.'),
    'second2',
    'fraction?',
  ],
  /** `01/24/2024, 10:15:32 AM`. Month first, which only the half of the day tells: without it the order is a guess. */
  american: ['month2', lit('/'), 'day2', lit('/'), 'year4', [', ', ' '], ...LOOSE_TIME, 'fraction?', 'meridiem'],
  epoch: ['epoch'],
} as const satisfies Record<string, readonly StampPart[]>;

export type ShapeName = keyof typeof STAMP_SHAPES;

/** Three-letter names, lower case, January first. */
export const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] as const;
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/**
 * Zone words that mean one offset, in minutes east of UTC. Words that mean several (`IST`, `CST`, `BST`) are not read:
 * the stamp is then taken as one without zone.
 */
export const ZONE_WORDS: Readonly<Record<string, number>> = {
  Z: 0,
  z: 0,
  UTC: 0,
  GMT: 0,
  UT: 0,
  WET: 0,
  WEST: 60,
  CET: 60,
  CEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  JST: 540,
  EST: -300,
  EDT: -240,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
};

/** Words of zones that mean several offsets, or rarely occur: they do not move the stamp, and are no word of the message. */
export const OTHER_ZONE_WORDS: readonly string[] = [
  ['IST', 'CST', 'CDT', 'BST', 'AST', 'ADT', 'AKST', 'AKDT', 'HST', 'BRT', 'ART', 'CLT', 'SAST', 'WAT', 'EAT', 'PKT'],
  ['WIB', 'SGT', 'HKT', 'KST', 'AWST', 'ACST', 'AEST', 'AEDT', 'NZST', 'NZDT'],
].flat();
