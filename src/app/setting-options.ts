import type { Setting } from './setting.js';
import { fallbackWords, SETTING_NAMES, type SettingName, settingNamed } from './settings.js';

/** An option of the command line, as commander wants it told. */
export interface SettingOption {
  readonly name: SettingName;
  readonly flags: string;
  readonly description: string;
  /** Help shows of a switch what changes it: `--no-color`, for it is on by default. */
  readonly isShown: boolean;
  /** It may be given more than once, and then all count. */
  readonly isList: boolean;
}

/** The options that set some settings: one each, for a switch two. */
export function settingOptions(names: readonly SettingName[] = SETTING_NAMES): SettingOption[] {
  return names.flatMap((name) => {
    const setting = settingNamed(name);
    if (setting.hasNoOption) return [];
    return setting.placeholder === null ? switchOptions(name, setting) : [valueOption(name, setting)];
  });
}

function valueOption(name: SettingName, setting: Setting<unknown>): SettingOption {
  const flags = `${lettersOf(setting)}--${name} ${setting.placeholder ?? ''}`;
  return {
    name,
    flags,
    description: `${setting.help} (default: ${fallbackWords(setting)})`,
    isShown: true,
    isList: setting.type === 'list',
  };
}

function switchOptions(name: SettingName, setting: Setting<unknown>): SettingOption[] {
  const isOn = setting.fallback === 'true';
  return [
    { name, flags: `${lettersOf(setting)}--${name}`, description: setting.help, isShown: !isOn, isList: false },
    { name, flags: `--no-${name}`, description: `not: ${setting.help}`, isShown: isOn, isList: false },
  ];
}

function lettersOf({ letter }: Setting<unknown>): string {
  return letter === undefined ? '' : `-${letter}, `;
}
