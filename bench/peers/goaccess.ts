/** GoAccess: a full report of an access log. */
import { type Answer, renamed } from '../answer.js';
import { type Peer } from './contender.js';

/** The part of its report that is compared. */
interface GoAccessReport {
  readonly general: { readonly valid_requests: number };
  readonly requests: Panel;
  /** Paths of requests that were answered with 404: they are in no other panel. */
  readonly not_found: Panel;
  readonly status_codes: { readonly data: readonly (PanelRow & { readonly items: readonly PanelRow[] })[] };
}

interface Panel {
  readonly data: readonly PanelRow[];
}

interface PanelRow {
  readonly hits: { readonly count: number };
  readonly data: string;
}

export const goaccess: Peer = {
  name: 'GoAccess',
  versionScript: 'goaccess --version | head -1 | grep GoAccess',
  source: 'apt-get install goaccess',
  contendersFor: (kind) => {
    if (kind !== 'combined') return [];
    const script = 'goaccess "$FILE" --no-global-config --no-progress --log-format=COMBINED -o json';
    return [{ name: 'GoAccess', does: 'full report', script, isSlow: true, read: readReport }];
  },
};

function readReport(output: string): Answer {
  const { general, requests, not_found, status_codes } = JSON.parse(output) as GoAccessReport; // compared with the truth
  const statuses = status_codes.data.flatMap(({ items }) => items);
  return {
    lines: general.valid_requests,
    paths: countsOf([...requests.data, ...not_found.data]),
    statuses: renamed(countsOf(statuses), (key) => key.slice(0, 3)), // `200 - OK: …`
  };
}

function countsOf(rows: readonly PanelRow[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { hits, data } of rows) counts[data] = (counts[data] ?? 0) + hits.count;
  return counts;
}
