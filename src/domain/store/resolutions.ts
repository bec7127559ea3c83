/** The widths in which history is kept, the finest first. Each is a multiple of the one before. */
export const RESOLUTIONS = ['10s', '1m', '1h'] as const;
export type Resolution = (typeof RESOLUTIONS)[number];

/** Width of a window in ms. */
export const WIDTH_MS: Readonly<Record<Resolution, number>> = { '10s': 10_000, '1m': 60_000, '1h': 3_600_000 };

/** For how long windows of each width are kept, in ms. */
export type Retention = Readonly<Record<Resolution, number>>;

const DAY_MS = 24 * 3_600_000;

export const RETENTION: Retention = { '10s': 2 * DAY_MS, '1m': 30 * DAY_MS, '1h': 730 * DAY_MS };
