/** All layers of settings, read anew by each call: what it returns depends on what it is given and on the files alone. */
import type { Fault } from '../domain/errors.js';
import { type Candidate, candidatesIn, readCandidate, type Surroundings } from './config-files.js';
import {
  collect,
  type FileLayer,
  type Layer,
  layerOfEnvironment,
  layerOfOptions,
  type RawSettings,
  settle,
  type Settled,
} from './config-layers.js';
import { layerOfYaml } from './config-yaml.js';

/** What the command line says of settings: some of them, and which file is to be read. */
export interface SettingOptions extends RawSettings {
  /** `--config FILE`, in place of the project's; false for `--no-config`. */
  readonly config?: string | false;
}

/** A file that was looked for. */
export interface LookedFor {
  readonly layer: FileLayer;
  readonly path: string;
  readonly isThere: boolean;
}

/** What was loaded, and where it was looked for. */
export interface LoadedSettings extends Settled {
  readonly files: readonly LookedFor[];
}

/** Loads the settings: command line over environment over project over user over system. Never throws for what a user wrote. */
export function loadSettings(options: SettingOptions, around: Surroundings): LoadedSettings {
  const files = candidatesIn(around, options.config).map((candidate) => readLayer(candidate));
  const layers = [layerOfOptions(options), layerOfEnvironment(around.env), ...files.map(({ layer }) => layer)];
  return { ...settle(layers), files: files.map(({ looked }) => looked) };
}

/** Checks one file, and nothing else. */
export function checkFile(path: string): Settled {
  return settle([readLayer({ layer: 'project', path, isNamed: true }).layer]);
}

function readLayer(candidate: Candidate): { readonly layer: Layer; readonly looked: LookedFor } {
  const faults: Fault[] = [];
  const { layer, path, isNamed } = candidate;
  const mayCall = isNamed || layer !== 'project'; // decision 0018: a project may have been written by anybody
  const text = collect(faults, () => readCandidate(candidate));
  const isThere = text !== null || faults.length > 0;
  return { layer: text === null ? faults : layerOfYaml(path, text, layer, mayCall), looked: { layer, path, isThere } };
}
