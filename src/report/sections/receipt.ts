import { formatAmount, formatBytes, formatCount, formatSpan } from '../numbers.js';
import type { Line } from '../spans.js';
import { flow, labelled, span, wrap } from '../spans.js';
import type { CoverageReport } from '../summary-report.js';
import type { View } from '../view.js';
import { moreThan } from './files.js';

const MAX_ABANDONED = 10;
const DIGEST_DIGITS = 12;
const BARE_SHA256 = /^[0-9a-f]{64}$/;

/** The coverage receipt: what was counted, what it took, and what is missing. Then what the run cost. */
export function receiptSection(view: View): Line[] {
  const { coverage, history } = view.report;
  const items = history === undefined ? coverageItems(coverage) : historyItems(coverage);
  return [
    ...labelled('coverage', flow(items, view.bodyColumns), coverage.complete ? 'label' : 'bad'),
    ...labelled('abandoned', abandonedLines(coverage, view.bodyColumns), 'bad'),
    ...labelled('resources', flow(resourceItems(view), view.bodyColumns)),
  ];
}

function coverageItems(coverage: CoverageReport): Line[] {
  const { bytes, counted, complete, chunks, retried, duplicates, split, quarantined, digest } = coverage;
  const items = [
    span(`${coveredShare(coverage)} of ${formatAmount(bytes, 'byte')} counted once`, counted < bytes ? 'bad' : 'plain'),
    span(formatAmount(chunks, 'chunk')),
    span(`${formatCount(retried)} retried`),
    span(formatAmount(duplicates, 'duplicate')),
  ];
  if (!complete) items.unshift(span('incomplete', 'bad'));
  if (split > 0) items.push(span(`${formatCount(split)} split`));
  if (quarantined > 0) items.push(span(`${formatAmount(quarantined, 'line')} quarantined`, 'bad'));
  if (digest !== null && digest !== '') items.push(span(`digest ${shortDigest(digest)}`));
  return items.map((item) => [item]);
}

/** A daemon keeps no receipt of each attempt, and counts bytes over all that it ever read. */
function historyItems({ bytes, counted, complete, quarantined }: CoverageReport): Line[] {
  const amount = `${formatAmount(counted, 'byte')} counted once since the state began`;
  const items = complete
    ? [span(`100 % of ${amount}`)]
    : [span('incomplete', 'bad'), span(amount), span('some were never counted, see gaps', 'bad')];
  if (counted < bytes) items.push(span(`${formatAmount(bytes - counted, 'byte')} given up`, 'bad'));
  if (quarantined > 0) items.push(span(`${formatAmount(quarantined, 'line')} quarantined`, 'bad'));
  return items.map((item) => [item]);
}

/** Rounds down: `100 %` stands only where every byte was counted. */
function coveredShare({ bytes, counted }: CoverageReport): string {
  if (bytes === 0 || counted >= bytes) return '100 %';
  return `${(Math.floor((counted / bytes) * 10_000) / 100).toFixed(2)} %`;
}

function shortDigest(digest: string): string {
  const named = BARE_SHA256.test(digest) ? `sha256:${digest}` : digest;
  const end = named.indexOf(':') + 1 + DIGEST_DIGITS;
  return named.length > end ? `${named.slice(0, end)}…` : named;
}

function abandonedLines({ abandoned }: CoverageReport, columns: number): Line[] {
  const lines = abandoned.slice(0, MAX_ABANDONED).flatMap(({ file, start, end, reason }) => {
    const range = `${file} bytes [${start}, ${end})`;
    return wrap(`${range}, ${formatBytes(end - start)}: ${reason}`, columns);
  });
  return [...lines, ...moreThan(abandoned.length, MAX_ABANDONED)];
}

function resourceItems({ report: { resources } }: View): Line[] {
  if (resources === null) return [];
  const { wallMs, cpuMs, maxRssBytes, bytesPerSecond, workers, engine } = resources;
  const items = [
    `${formatSpan(wallMs)} wall`,
    `${formatSpan(cpuMs)} CPU`,
    `${formatBytes(maxRssBytes)} memory`,
    `${formatBytes(bytesPerSecond)}/s`,
    formatAmount(workers, 'worker'),
    ...(engine === 'scanner' ? [] : [`${engine} engine`]),
  ];
  return items.map((item) => [span(item, 'quiet')]);
}
