import { decodeText } from '../../domain/byte-string.js';
import type { AlertRow, AlertsReport } from '../../report/daemon/reports.js';
import type { Command } from '../command-table.js';
import { ALERT_STATES, type AlertStatus } from '../daemon-port.js';
import { cutToAnswer } from './answer-size.js';
import { type CommandDeps, isoOrNull, plainCommand } from './deps.js';

/** The alert rules, those that fire first. */
export function alertsCommand({ port }: CommandDeps): Command {
  const help = 'the alert rules: which fire, since when, and their worst values';
  return plainCommand({ name: 'alerts', help }, async (): Promise<AlertsReport> => {
    const [alerts, { timezone }] = await Promise.all([port.alerts(), port.status()]);
    const { shown, omitted } = cutToAnswer(alertRows(alerts));
    return { schema: 'millrace.alerts/1', timezone, total: alerts.length, alerts: shown, omitted };
  });
}

/** Those that fire first, the oldest of each state first. */
export function alertRows(alerts: readonly AlertStatus[]): readonly AlertRow[] {
  return alerts.toSorted(byUrgency).map(({ name, rule, key, state, since, firedAt, worst, unit }) => {
    const times = { since: isoOrNull(since), firedAt: isoOrNull(firedAt) };
    return { name, rule, key: key === null ? null : decodeText(key), state, ...times, worst, unit };
  });
}

function byUrgency(one: AlertStatus, other: AlertStatus): number {
  const rankOf = ({ state }: AlertStatus): number => ALERT_STATES.indexOf(state);
  return rankOf(one) - rankOf(other) || (one.since ?? 0) - (other.since ?? 0);
}
