import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import { MillraceError } from '../../src/domain/errors.js';
import { Connection } from '../../src/store/connection.js';
import { SCHEMA } from '../../src/store/schema.js';
import type { State } from '../../src/store/state.js';
import { inMode } from '../support/long-mode.js';
import { Random } from '../support/random.js';
import { textOf } from '../support/repository.js';
import { useScratch } from '../support/scratch.js';
import { commitBatch } from '../support/store-writer.js';
import { commitFirst, contentOf, resultOf, commit, useStores } from '../support/stored.js';

describe('store/open-store', () => {
  const { path, write } = useScratch();
  const { take, open } = useStores();

  /** A state with some content that was stopped in order; returns the content as well. */
  function stoppedState(batches = 5): { readonly state: State; readonly content: object } {
    const state = take(path('state'));
    const { store } = open(state);
    for (let number = 0; number < batches; number += 1) commitBatch(store, number);
    const content = contentOf(store);
    store.close();
    return { state, content };
  }

  it('begins a state, and says so', () => {
    const { store, ...found } = open(take(path('state')));

    expect(found).to.deep.equal({ isNew: true, isLost: false, wasClean: true, setAside: null, zone: 'Europe/Berlin' });
    expect(store.epoch).to.equal(1);
    expect(store.streams()).to.deep.equal([]);
  });

  it('goes on in the zone in which it was begun, in the next epoch', () => {
    const { state, content } = stoppedState();
    const { store, ...found } = open(state, { zone: 'UTC' });

    expect(found).to.deep.equal({ isNew: false, isLost: false, wasClean: true, setAside: null, zone: 'Europe/Berlin' });
    expect(store.epoch).to.equal(2);
    expect(contentOf(store)).to.deep.equal(content);
  });

  it('knows a stop that was none', () => {
    const state = take(path('state'));
    commitFirst(open(state).store);

    expect([open(state).wasClean, open(state).isNew]).to.deep.equal([false, false]);
  });

  it('begins where a process was killed while it began', () => {
    write('state/millrace.db', '');
    const { isNew, isLost, setAside } = open(take(path('state')));

    expect({ isNew, isLost, setAside }).to.deep.equal({ isNew: true, isLost: false, setAside: null });
  });

  it('puts its settings in force', () => {
    const state = take(path('state'));
    open(state);
    const reader = new Connection(state.database);
    const values = ['journal_mode', 'auto_vacuum', 'user_version'].map(
      (name) => reader.all(`PRAGMA ${name}`)[0]?.[name],
    );
    reader.close();

    expect(values).to.deep.equal(['wal', 2, 1]);
  });

  it('has the schema that docs/store.md shows', () => {
    const [, shown] = textOf('docs/store.md').split('```sql\n');

    expect(shown?.split('```')[0]?.trim()).to.equal(SCHEMA.trim());
  });

  const damages: readonly {
    readonly title: string;
    readonly damage: (path: string) => void;
    readonly reason: RegExp;
  }[] = [
    {
      title: 'filled with NUL',
      damage: (file) => replaceFile(file, Buffer.alloc(readFileSync(file).length)),
      reason: /NOTADB/,
    },
    {
      title: 'that is something else',
      damage: (file) => replaceFile(file, 'not a database\n'.repeat(500)),
      reason: /NOTADB/,
    },
    {
      title: 'cut in the middle of a page',
      damage: (file) => replaceFile(file, readFileSync(file).subarray(0, 10_000)),
      reason: /CORRUPT|NOTADB/,
    },
    {
      title: 'cut within its header',
      damage: (file) => replaceFile(file, readFileSync(file).subarray(0, 50)),
      reason: /CORRUPT|NOTADB/,
    },
    { title: 'of another program', damage: makeForeign, reason: /is no database of millrace/ },
    {
      title: 'of which a text is not valid UTF-8 any more',
      damage: breakText,
      reason: /a row of stream is not as it was/,
    },
    { title: 'whose header forbids writing', damage: (file) => changeByte(file, 18, 3), reason: /SQLITE_READONLY/ },
    {
      title: 'whose header tells of another format',
      damage: (file) => changeByte(file, 47, 9),
      reason: /SQLITE_ERROR/,
    },
    {
      title: 'in whose place a directory is',
      damage: (file) => {
        rmSync(file);
        mkdirSync(file);
      },
      reason: /is no file/,
    },
  ];
  for (const { title, damage, reason } of damages) {
    it(`sets a database aside ${title}, and begins a new one`, () => {
      const { state } = stoppedState();
      damage(state.database);
      const found = open(state);

      expect(found.setAside?.reason).to.match(reason);
      expect(found.setAside?.path).to.equal(`${state.database}.damaged-1`);
      expect(existsSync(`${state.database}.damaged-1`)).to.equal(true);
      expect([found.isNew, found.isLost, found.store.streams()]).to.deep.equal([true, true, []]);
      commitFirst(found.store);
      expect(commit(found.store, { chunks: [resultOf('a', 0, 1)] })).to.deep.equal(['counted']);
    });
  }

  it('says where a database is gone, also after the process that had it', () => {
    const { state } = stoppedState();
    state.release();
    rmSync(state.database);
    const { isNew, isLost, setAside } = open(take(path('state')));

    expect({ isNew, isLost, setAside }).to.deep.equal({ isNew: true, isLost: true, setAside: null });
  });

  it('finds a name that was changed in the schema of a sound file, and sets the file aside', () => {
    const { state } = stoppedState();
    tamper(state.database, 'ALTER TABLE window_1h RENAME COLUMN durations TO durationr');

    expect(open(state).setAside?.reason).to.match(/its schema is not as it was made$/);
  });

  it('keeps what was set aside before', () => {
    const { state } = stoppedState();
    for (const expected of [1, 2]) {
      replaceFile(state.database, 'x'.repeat(5000));
      expect(open(state).setAside?.path).to.equal(`${state.database}.damaged-${expected}`);
    }

    expect(readdirSync(state.folder).filter((name) => /damaged-\d$/.test(name))).to.have.length(2);
  });

  it('finds a number that was changed in a sound file, and sets the file aside', () => {
    const { state } = stoppedState();
    tamper(state.database, 'UPDATE window_1h SET lines = lines + 1');

    expect(open(state).setAside?.reason).to.match(/a row of window_1h is not as it was written$/);
  });

  it('sets aside what turns out to be damaged while it is used', () => {
    const state = take(path('state'));
    const { store } = open(state);
    commitFirst(store);
    tamper(state.database, `UPDATE generation SET "offset" = 7`);

    expect(() => store.streams()).to.throw(MillraceError, 'a row of generation is not as it was written');
    expect(() => store.totals()).to.throw(MillraceError, 'a row of generation is not as it was written');
    expect(open(state).setAside?.reason).to.match(/a row of generation is not as it was written$/);
    expect(open(state).setAside).to.equal(null);
  });

  it('does not take a new database for the damaged one that was removed meanwhile', () => {
    const state = take(path('state'));
    const { store } = open(state);
    commitFirst(store);
    tamper(state.database, `UPDATE stream SET source = 'web'`);
    expect(() => store.streams()).to.throw(MillraceError, 'a row of stream is not as it was written');
    rmSync(state.database);

    expect([open(state), open(state)].map(({ isLost, setAside }) => [isLost, setAside])).to.deep.equal([
      [true, null],
      [false, null],
    ]);
  });

  it('lets anyone read with sqlite3 while it is used', () => {
    const state = take(path('state'));
    const { store } = open(state);
    for (let number = 0; number < 5; number += 1) commitBatch(store, number);
    const reader = new Connection(`file:${state.database}?mode=ro`);
    const seen = reader.all('SELECT sum(lines) AS lines FROM window_1m WHERE dimension = ?', ['all']);
    reader.close();

    expect(seen).to.deep.equal([{ lines: 300 }]);
  });

  it('tells no other numbers, and does not crash, wherever bits are flipped', () => {
    const { state, content } = stoppedState(40);
    const sound = path('sound.db');
    copyFileSync(state.database, sound);
    const random = new Random(4);
    const bytes = readFileSync(sound);
    const ends = { sound: 0, 'set aside': 0, 'left alone': 0 };
    state.release();
    for (let place = 0; place < inMode(100, 5000); place += 1) {
      const flipped = Buffer.from(bytes);
      const at = random.below(place % 4 === 0 ? 200 : bytes.length); // the header more often
      flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8));
      replaceFile(state.database, flipped);
      ends[outcomeOf(state.folder, content)] += 1;
    }

    expect(ends.sound).to.be.above(0);
    expect(ends['set aside']).to.be.above(0);
  }).timeout(inMode(30_000, 600_000));

  /** Opens a state that may be damaged, and checks what it tells if it does. */
  function outcomeOf(folder: string, content: object): 'sound' | 'set aside' | 'left alone' {
    let state: State;
    try {
      state = take(folder);
    } catch (error) {
      if (error instanceof MillraceError && error.code === 'MR_ERR_STORE_NEWER') return 'left alone';
      throw error;
    }
    const { store, setAside } = open(state);
    if (setAside === null) expect(contentOf(store)).to.deep.equal(content);
    else rmSync(setAside.path, { recursive: true });
    store.close();
    state.release();
    return setAside === null ? 'sound' : 'set aside';
  }
});

/** Puts another file in the place of one, which whoever has it open still has. */
function replaceFile(file: string, content: string | Uint8Array): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  writeFileSync(file, content);
}

function changeByte(file: string, at: number, value: number): void {
  const bytes = readFileSync(file);
  bytes[at] = value;
  replaceFile(file, bytes);
}

/** A text of this kind ends the process where libsql reads it as one. */
function breakText(file: string): void {
  changeByte(file, readFileSync(file).indexOf('/var/log/a.log'), 0xff);
}

/** Changes a database behind the back of the store. */
function tamper(database: string, sql: string): void {
  const other = new Connection(database);
  other.exec(sql);
  other.close();
}

function makeForeign(database: string): void {
  rmSync(database);
  tamper(database, 'CREATE TABLE notes (text); INSERT INTO notes VALUES (1)');
}
