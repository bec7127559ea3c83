/** What a row of the table of settings says. */

/**
 * How a value is written: `list` is texts separated by commas, in a file also a YAML list; `command` a program, or a list of
 * it and its arguments, JSON or YAML; `switch` is true or false.
 */
export type SettingType = 'choice' | 'command' | 'count' | 'list' | 'name' | 'size' | 'switch' | 'time';

/** The commands that settings are for. */
export type SettingUser = 'analyze' | 'backtest' | 'watch';

/** What holds where no layer sets a value: a text like any other, or, in words, what the host or the run decides. */
export type Fallback = string | { readonly words: string; readonly text: (() => string) | null };

/** One setting: a row of the table. */
export interface Setting<Value> {
  readonly type: SettingType;
  /** What its option takes, as help names it; null for a switch. */
  readonly placeholder: string | null;
  /** Letter of its short option; absent for none. */
  readonly letter?: string;
  /** One line that says what it does; of a switch: when it is on. */
  readonly help: string;
  readonly fallback: Fallback;
  /** The commands that go by it. */
  readonly of: readonly SettingUser[];
  /** True where it is set in files and in the environment only, and has no option. */
  readonly hasNoOption?: boolean;
  /** Reads a text; `where` stands before what is wrong with it. @throws MR_ERR_OPTION_INVALID, MR_ERR_FORMAT_UNKNOWN, MR_ERR_TIMEZONE_UNKNOWN */
  readonly parse: (where: string, text: string) => Value;
}
