-- The index of one corpus. Everything in it is derived from the corpus's files and may be deleted at any time.
-- A number is that of a file, in corpus order with room between, and a position in it. A brief's statements stand at
-- as many positions as there are, and the brief itself at the one behind them: that is its number.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- The files read, and what tells whether one has changed.
CREATE TABLE file (
    name TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    settled INTEGER NOT NULL,     -- 1: was older than the moment it was read, so equal stamps mean equal content
    digest TEXT NOT NULL,
    theme TEXT NOT NULL,          -- empty for a register
    number INTEGER NOT NULL       -- 0 for a register
) WITHOUT ROWID;
CREATE INDEX file_number ON file (number);
CREATE TABLE problem (
    read_from TEXT NOT NULL,      -- the file whose reading found it, or what else did
    file TEXT NOT NULL, line INTEGER, "column" INTEGER, what TEXT NOT NULL, cure TEXT NOT NULL, level TEXT NOT NULL,
    about TEXT NOT NULL
);
CREATE INDEX problem_read_from ON problem (read_from);

-- What the rules across files ask; `number` is that of the brief it stands in, none where that has another fault.
CREATE TABLE declared (
    file TEXT NOT NULL, number INTEGER, line INTEGER, "column" INTEGER,
    kind TEXT NOT NULL,           -- theme; part: a file in a theme's folder; brief, empty where it is not known; or that of a statement
    id TEXT NOT NULL,             -- of a theme, a brief or a statement's brief
    statement TEXT NOT NULL,
    source TEXT NOT NULL, pinpoints TEXT NOT NULL, issued TEXT NOT NULL -- where the statement is, and the first day of its source
);
CREATE INDEX declared_id ON declared (id, statement);
CREATE INDEX declared_file ON declared (file);
CREATE TABLE referred (
    file TEXT NOT NULL, number INTEGER, line INTEGER, "column" INTEGER,
    kind TEXT NOT NULL,           -- the key that names it
    id TEXT NOT NULL, statement TEXT NOT NULL, -- what it names
    brief TEXT NOT NULL, section TEXT NOT NULL, owner TEXT NOT NULL, -- where it stands, and the statement that names it
    source TEXT NOT NULL, pinpoint TEXT NOT NULL, issued TEXT NOT NULL -- where that is, and the last day of its source
);
CREATE INDEX referred_id ON referred (id, statement, kind);
CREATE INDEX referred_file ON referred (file);
CREATE INDEX referred_number ON referred (number);
CREATE INDEX referred_same ON referred (brief) WHERE kind = 'same_as';
CREATE TABLE fault (               -- the rows above that break a rule
    file TEXT NOT NULL, number INTEGER, line INTEGER, "column" INTEGER, rule TEXT NOT NULL,
    id TEXT NOT NULL, statement TEXT NOT NULL, -- what is named
    what TEXT NOT NULL, cure TEXT NOT NULL -- empty where there is nothing of that id
);
CREATE INDEX fault_file ON fault (file);

-- Values as JSON, each with a checksum, so that damage is seen.
CREATE TABLE entry (               -- corpus, order, faulty; source, speaker, indicator; theme
    kind TEXT NOT NULL, id TEXT NOT NULL, place INTEGER NOT NULL, file TEXT NOT NULL,
    json TEXT NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE INDEX entry_kind ON entry (kind); -- to count them
CREATE TABLE brief (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, theme TEXT NOT NULL, heading TEXT NOT NULL, country TEXT NOT NULL,
    years TEXT NOT NULL, marks TEXT NOT NULL, size INTEGER NOT NULL, -- how many statements it has
    state INTEGER NOT NULL,       -- 0 shown; 1 held: shown where what was last read is; 2 aside, for it breaks a rule
    content INTEGER NOT NULL,     -- of all it says: differs when that changes
    json TEXT NOT NULL, checksum INTEGER NOT NULL
);
CREATE INDEX brief_id ON brief (id);
CREATE INDEX brief_state ON brief (state) WHERE state > 0; -- which SQLite uses where `state > 0` is asked too
CREATE TABLE withheld (            -- with a number where the brief is sound and breaks a rule across files
    file TEXT NOT NULL, id TEXT NOT NULL, line INTEGER, "column" INTEGER, number INTEGER
);
CREATE INDEX withheld_file ON withheld (file);

-- What is filtered and counted: a value of a facet, and for each block the bits of the statements that have it. A block
-- is so many positions of a file as `rows.py` says.
CREATE TABLE statement (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, "key" TEXT NOT NULL, answer TEXT NOT NULL, position TEXT NOT NULL,
    "begin" INTEGER NOT NULL, "end" INTEGER NOT NULL, -- where in its brief's JSON its own stands, in characters
    checksum INTEGER NOT NULL,    -- of that, and of what a list shows beside it
    "values" BLOB NOT NULL        -- the numbers of its values, four bytes each
);
CREATE TABLE value (number INTEGER PRIMARY KEY, facet TEXT NOT NULL, id TEXT NOT NULL, UNIQUE (facet, id));
CREATE TABLE bits (value INTEGER, block INTEGER, bits BLOB NOT NULL, PRIMARY KEY (value, block)) WITHOUT ROWID;
CREATE TABLE spread (              -- of facets with many values; every number takes four bytes
    file INTEGER NOT NULL, facet TEXT NOT NULL,
    row BLOB NOT NULL,             -- for each place the value that all statements of its brief have, and no other; or 0
    places BLOB NOT NULL, "values" BLOB NOT NULL -- of other briefs: for each value those that have it, and the brief
);
CREATE INDEX spread_file ON spread (file);

CREATE VIRTUAL TABLE words USING fts5( -- a row a statement: its own words, its brief's title, and what else is printed
    own, own_stems, title, title_stems, aside, aside_stems, tokenize = 'ascii', prefix = '1 2 3',
    columnsize = 0
);
-- So much is written at once, and so many such parts stand side by side before they are merged: what is merged leaves
-- its old pages free.
INSERT INTO words(words, rank) VALUES ('hashsize', 33554432), ('automerge', 8);
CREATE VIRTUAL TABLE said USING fts5vocab(words, col); -- the words of them
CREATE VIRTUAL TABLE named USING fts5(name, name_stems, tokenize = 'ascii'); -- a row a value: how it is called
