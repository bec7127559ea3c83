/**
 * Numbers that the kernel and whoever loads it agree on. This file has no imports and no types: the kernel, which is
 * AssemblyScript, reads it as it is.
 */

/** Roles of texts, in the order of `TEXT_ROLES`. */
export const ROLE_MESSAGE = 0;
export const ROLE_PATH = 1;
export const ROLE_METHOD = 2;
export const ROLE_CLIENT_IP = 3;
export const ROLE_LOGGER = 4;
export const ROLE_URL = 5;
export const ROLE_HTTP_VERSION = 6;
export const ROLE_USER = 7;
export const ROLE_REFERRER = 8;
export const ROLE_USER_AGENT = 9;
export const ROLE_VIRTUAL_HOST = 10;
export const ROLE_HOST = 11;
export const ROLE_PROCESS = 12;
export const ROLE_PID = 13;
export const ROLES = 14;

/** Dimensions of keys, in the order of `DIMENSIONS`: first the roles of texts from ROLE_PATH on, then these. */
export const DIMENSION_LEVEL = 4;
export const DIMENSION_STATUS = 5;
export const DIMENSIONS = 6;

/** Levels, in the order of `LEVELS`. */
export const LEVEL_TRACE = 0;
export const LEVEL_DEBUG = 1;
export const LEVEL_INFO = 2;
export const LEVEL_WARN = 3;
export const LEVEL_ERROR = 4;
export const LEVEL_FATAL = 5;
/** No level, no number, no text. */
export const NONE = -1;

/** Why no format accepted a line, in the order of `REJECTION_REASONS`. */
export const REASON_NO_TIMESTAMP = 0;
export const REASON_DATE_WITHOUT_TIME = 1;
export const REASON_TIME_WITHOUT_DATE = 2;
export const REASON_IMPOSSIBLE_TIMESTAMP = 3;
export const REASON_INVALID_JSON = 4;
export const REASON_UNKNOWN_KEYS = 5;
export const REASON_NOT_CHOSEN_FORMAT = 6;

/** Reasons, then over-long lines: what samples are kept of, in the order of `SAMPLE_GROUPS` without the quarantined. */
export const REASONS = 7;
export const GROUP_OVERSIZE = 7;
export const SAMPLE_GROUPS = 9;

/** Most bytes of the end of a chunk by which a file is known again, as in `domain/chunk-report.ts`. */
export const MARK_BYTES = 64;

/** Classes of lines and of bytes, in the order of `BYTE_CLASSES`. */
export const CLASS_PARSED = 0;
export const CLASS_MALFORMED = 1;
export const CLASS_EMPTY = 2;
export const CLASS_OVERSIZE = 3;
export const CLASS_NUL = 5;
export const LINE_CLASSES = 5;
export const BYTE_CLASSES = 6;

/** Sources of durations, in the order of `DURATION_SOURCES`: those behind are keys. */
export const SOURCE_MESSAGE = 0;
export const SOURCE_TRAILING = 1;
export const SOURCE_TIME_KEYS = 2;

/**
 * The record in which the kernel shows one parsed line: byte offsets. Numbers are 32 bits but for those marked as 64;
 * each text is an address and a length, the length NONE where the line has no such text.
 */
export const ENTRY_FORMAT = 0;
export const ENTRY_LEVEL = 4;
export const ENTRY_STATUS = 8;
export const ENTRY_SOURCE = 12;
/** 64-bit float: epoch ms, NaN where the line states none. */
export const ENTRY_INSTANT = 16;
/** 64-bit float: NONE where there is none. */
export const ENTRY_BYTES = 24;
/** 64-bit float: microseconds, NONE where there is none. */
export const ENTRY_DURATION = 32;
export const ENTRY_TEXTS = 40;
export const ENTRY_BYTES_LONG = 152;
