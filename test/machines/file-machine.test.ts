import { expect } from 'chai';
import fc from 'fast-check';
import type { SnapshotFrom } from 'xstate';
import { createTestModel, getShortestPaths } from 'xstate/graph';
import { type FormatSample, linesIn } from '../../src/domain/live/format-sample.js';
import { type FileEmitted, type FileEvent, fileMachine } from '../../src/machines/file-machine.js';
import { DISCOVERED, type FileStanding, restoredFile, savedFile } from '../../src/machines/followed-file.js';
import { step } from '../../src/machines/standing.js';

/** A chunk, of which `a 20 b 3 ? 1` are the lines by format. */
function counted(text: string): FileEvent {
  const words = text.split(' ');
  const lines: FormatSample = words.flatMap((word, index) =>
    index % 2 === 1 ? [[(words[index - 1] ?? '').replace('?', ''), Number(word)] as const] : [],
  );
  return { type: 'file.counted', lines, watermark: 7 };
}
const EVENTS: Readonly<Record<string, FileEvent>> = {
  truncated: { type: 'file.truncated' },
  drained: { type: 'file.drained' },
  vanished: { type: 'file.vanished' },
  found: { type: 'file.found' },
};
const eventOf = (word: string): FileEvent => EVENTS[word] ?? counted(word);

function run(words: readonly string[], from: FileStanding = DISCOVERED, isSavedAtEach = false) {
  const emitted: FileEmitted[] = [];
  const states: string[] = [];
  let standing = from;
  for (const word of words) {
    const next = step(fileMachine, standing, eventOf(word));
    standing = isSavedAtEach ? restoredFile(savedFile(next.standing)) : next.standing;
    emitted.push(...next.emitted);
    states.push(standing.state);
  }
  return { emitted, states: states.join(' '), standing };
}

describe('machines/file', () => {
  const stories: readonly [string, readonly string[], string][] = [
    ['learns the format that most lines have', ['a 15 b 5'], 'following'],
    ['learns of several small chunks', ['a 10', 'a 9', 'a 1'], 'learning learning following'],
    [
      'learns nothing of lines that are malformed, or of no format by half',
      ['? 30', 'a 9 b 9 c 9'],
      'learning learning',
    ],
    ['stays with its format while half of the lines have it', ['a 20', 'a 10 b 10'], 'following following'],
    [
      'drifts with malformed lines and stays so while they have no format',
      ['a 20', '? 20', '? 99', '? 300'],
      'following drifting drifting drifting',
    ],
    ['drifts by small chunks', ['a 20', 'b 10', 'b 9', 'b 1'], 'following following following drifting'],
    [
      'is relearned after two more samples',
      ['a 20', 'b 20', 'b 20', 'b 20', 'b 20'],
      'following drifting drifting relearned following',
    ],
    [
      'is not relearned while its last sample has no format',
      ['a 20', 'b 20', 'b 20', '? 20', 'b 20'],
      'following drifting drifting drifting relearned',
    ],
    ['is relearned at once by 200 more lines', ['a 20', 'b 20', 'b 200'], 'following drifting relearned'],
    [
      'follows on when the old format returns',
      ['a 20', 'b 20', 'b 20', 'a 20'],
      'following drifting drifting following',
    ],
    [
      'may drift again right after it was relearned',
      ['a 20', 'b 20', 'b 200', 'c 20'],
      'following drifting relearned drifting',
    ],
    ['learns anew after a truncation', ['a 20', 'truncated', 'b 20'], 'following learning following'],
    [
      'is drained, and followed again by a late write',
      ['a 20', 'drained', 'a 1', 'drained', 'vanished'],
      'following drained following drained gone',
    ],
    [
      'hears nothing once it is gone, until it is found again',
      ['a 20', 'vanished', 'truncated', 'a 20', 'drained', 'found'],
      'following gone gone gone gone following',
    ],
    ['is still unlearned where nothing was when it is found again', ['vanished', 'found'], 'gone learning'],
  ];
  for (const [title, words, states] of stories) {
    it(title, () => {
      expect(run(words).states).to.equal(states);
    });
  }

  it('tells from which format to which it drifted and was learned anew', () => {
    expect(run(['a 20', '? 20', 'b 20', 'b 20']).emitted).to.deep.equal([
      { type: 'file.drifted', from: 'a', to: null },
      { type: 'file.relearned', from: 'a', to: 'b' },
    ]);
  });

  it('forgets format and watermark with a truncation, and keeps both when it is gone', () => {
    const nothing = { format: null, watermark: null, sample: [], foreignSamples: 0, foreignLines: 0 };

    expect(run(['a 20', 'b 20', 'truncated']).standing.context).to.deep.equal(nothing);
    expect(run(['a 20', 'vanished']).standing.context).to.deep.equal({ ...nothing, format: 'a', watermark: 7 });
  });

  const WORDS = ['a 20', 'b 20', 'b 200', 'a 7', '? 11', '? 20', ...Object.keys(EVENTS)];
  /** Drained files collect lines without end, and drifting ones count foreign samples. */
  const isFarEnough = ({ context }: SnapshotFrom<typeof fileMachine>): boolean =>
    context.foreignSamples > 2 || linesIn(context.sample) > 20;
  const modelled = {
    events: ['a 20', 'b 20', '? 20', 'b 10', ...Object.keys(EVENTS)].map(eventOf),
    stopWhen: isFarEnough,
  };

  it('reaches each of its states, and no other, by model', () => {
    const states = getShortestPaths(fileMachine, modelled).map(({ state }) => state.value);

    expect([...new Set(states)].sort()).to.deep.equal(
      ['discovered', 'drained', 'drifting', 'following', 'gone', 'learning', 'relearned'].sort(),
    );
  });

  it('agrees with its test model on every path, saved and restored at each step', () => {
    const paths = createTestModel(fileMachine).getShortestPaths(modelled);

    expect(paths.length).to.be.greaterThan(30);
    for (const { steps, state } of paths) {
      let standing = DISCOVERED;
      for (const { event } of steps) {
        if (event.type.startsWith('xstate.')) continue;
        standing = restoredFile(savedFile(step(fileMachine, standing, event as FileEvent).standing));
      }
      expect(standing).to.deep.equal({ state: state.value, context: state.context });
    }
  });

  it('goes on alike from what is saved, in at most 200 bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...WORDS), { maxLength: 30 }), (words) => {
        expect(run(words, DISCOVERED, true)).to.deep.equal(run(words));
      }),
    );
    const sample: FormatSample = ['combined-with-time', 'apache-error', 'logfmt', ''].map((name) => [name, 123_456]);
    const context = {
      format: 'combined-with-time',
      watermark: 4_294_967_295_999,
      sample,
      foreignSamples: 9,
      foreignLines: 199,
    };
    expect(savedFile({ state: 'discovered', context }).length).to.be.at.most(200);
  });

  it('begins anew with what another version saved', () => {
    expect([restoredFile('[0,"gone"]'), restoredFile('')]).to.deep.equal([DISCOVERED, DISCOVERED]);
  });
});
