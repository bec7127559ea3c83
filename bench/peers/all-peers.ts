/** All that Millrace is measured against, in the order of the tables. */
import type { LogKind } from '../make-logs.js';
import { type Contender, type Peer, versionOf } from './contender.js';
import { ripgrep, wc } from './counters.js';
import { duckdb } from './duckdb.js';
import { goaccess } from './goaccess.js';
import { lnav } from './lnav.js';
import { mawk } from './mawk.js';
import { millraceContenders } from './millrace.js';
import { miller } from './miller.js';
import { naive } from './naive.js';

const PEERS: readonly Peer[] = [wc, ripgrep, mawk, naive, duckdb, miller, lnav, goaccess];

/** A peer with the version that is on this machine; null where it is absent. */
export interface FoundPeer {
  readonly peer: Peer;
  readonly version: string | null;
}

/** Looks for the peers of these names, or for all with null. @throws Error for a name that none has */
export function findPeers(names: readonly string[] | null): readonly FoundPeer[] {
  const unknown = names?.find((name) => !PEERS.some((peer) => peer.name === name));
  if (unknown !== undefined) {
    throw new Error(`--peers: expected one of ${PEERS.map(({ name }) => name).join(', ')}, found '${unknown}'`);
  }
  const wanted = PEERS.filter(({ name }) => names?.includes(name) ?? true);
  return wanted.map((peer) => ({ peer, version: versionOf(peer) }));
}

/** The names and versions of the peers, and where to get those that are absent. */
export function describePeers(found: readonly FoundPeer[]): string {
  const here = found.flatMap(({ peer, version }) => (version === null ? [] : [`${peer.name} ${version}`]));
  const absent = found.flatMap(({ peer, version }) => (version === null ? [`${peer.name} (${peer.source})`] : []));
  return [`Peers: ${here.join(', ')}.`, ...(absent.length === 0 ? [] : [`Absent: ${absent.join(', ')}.`])].join(' ');
}

/** Millrace in all its variants and the peers that are here, for logs of a kind. */
export function contendersFor(kind: LogKind, found: readonly FoundPeer[]): readonly Contender[] {
  const present = found.filter(({ version }) => version !== null);
  return [...millraceContenders(), ...present.flatMap(({ peer }) => peer.contendersFor(kind))];
}
