/**
 * What the merging kernel shows to whoever loads it: a module of its own, since the main thread needs nothing of the scan and
 * is to have it at once.
 */
export { mergeAll, mergedAt, mergeSummary, planMerge, summaryRoom } from './merge';
