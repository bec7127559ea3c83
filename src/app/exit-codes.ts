/** The one table of exit codes for all commands. Where several hold, the first of `PRECEDENCE` wins. */
export const EXIT = {
  fine: 0,
  nothingToReport: 1,
  usage: 2,
  inputUnreadable: 3,
  outputUnwritable: 4,
  coverageIncomplete: 5,
  noDaemon: 6,
  alreadyRunning: 7,
  commandFailed: 8,
  checkFailed: 9,
  internal: 70,
  interrupted: 130,
  terminated: 143,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

const PRECEDENCE: readonly ExitCode[] = [130, 143, 70, 4, 5, 3, 9, 8, 7, 6, 1, 2];

/** The exit code of a command for which all of `holding` hold. */
export function exitCodeOf(holding: readonly ExitCode[]): ExitCode {
  return PRECEDENCE.find((code) => holding.includes(code)) ?? EXIT.fine;
}
