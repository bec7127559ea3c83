/** Stands for "no duration" in an occurrence, where null would make its field slow. */
export const NO_DURATION = -1;

/** What one entry adds to each cell that it touches. A Summary makes one and fills it anew for every entry. */
export interface Occurrence {
  /** `linePriority` of the line. */
  priority: number;
  /** 1 where the entry is a request, else 0. */
  requests: number;
  /** 1 where the entry is an error, else 0. */
  errors: number;
  /** Bytes of the response, 0 where not stated. */
  bytes: number;
  /** Microseconds or NO_DURATION. */
  durationUs: number;
}
