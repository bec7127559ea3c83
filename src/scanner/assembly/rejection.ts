import { REASON_NO_TIMESTAMP, REASON_NOT_CHOSEN_FORMAT } from '../layout';
export function rejectionOf(at: usize, end: usize, isForced: bool): i32 { return isForced ? REASON_NOT_CHOSEN_FORMAT : REASON_NO_TIMESTAMP; }
