-- The index of one corpus. Everything in it is derived from the corpus's files and may be deleted at any time.
-- A brief's number is its place in corpus order; each file has a run of numbers, with room to grow.

CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- The files read, and what tells whether one has changed.
CREATE TABLE file (
    name TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, ctime_ns INTEGER NOT NULL,
    inode INTEGER NOT NULL,
    settled INTEGER NOT NULL,     -- 1: was older than the moment it was read, so equal stamps mean equal content
    digest TEXT NOT NULL,
    theme TEXT NOT NULL,          -- empty for a register
    first INTEGER NOT NULL, last INTEGER NOT NULL  -- its run of numbers, `last` not included
) WITHOUT ROWID;
CREATE INDEX file_theme ON file (theme);
CREATE TABLE problem (
    read_from TEXT NOT NULL,      -- the file whose reading found it, or what else did
    file TEXT NOT NULL, line INTEGER, "column" INTEGER, what TEXT NOT NULL, cure TEXT NOT NULL, level TEXT NOT NULL
);
CREATE INDEX problem_read_from ON problem (read_from);

-- What the rules across files ask; `number` is that of the brief it stands in, none where that has another fault.
CREATE TABLE declared (
    file TEXT NOT NULL, number INTEGER, line INTEGER, "column" INTEGER,
    kind TEXT NOT NULL,           -- theme; part: a file in a theme's folder; brief, with an empty id where it is not known
    id TEXT NOT NULL
);
CREATE INDEX declared_id ON declared (id);
CREATE INDEX declared_file ON declared (file);
CREATE TABLE referred (file TEXT NOT NULL, number INTEGER, line INTEGER, "column" INTEGER, kind TEXT NOT NULL, id TEXT NOT NULL);
CREATE INDEX referred_id ON referred (id);
CREATE INDEX referred_file ON referred (file);
CREATE TABLE fault (               -- the rows above that break a rule; of kind `twice` where an id is given again
    file TEXT NOT NULL, number INTEGER, line INTEGER, "column" INTEGER, kind TEXT NOT NULL, id TEXT NOT NULL
);
CREATE INDEX fault_file ON fault (file);

-- Values as JSON, each with a checksum, so that damage is seen.
CREATE TABLE entry (               -- corpus, order, faulty; source, speaker, measure; theme
    kind TEXT NOT NULL, id TEXT NOT NULL, place INTEGER NOT NULL, file TEXT NOT NULL,
    json TEXT NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY (kind, id)
) WITHOUT ROWID;
CREATE TABLE brief (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, theme TEXT NOT NULL, title TEXT NOT NULL, years TEXT NOT NULL,
    holdings INTEGER NOT NULL,
    content INTEGER NOT NULL,     -- of all it says: differs when that changes
    json TEXT NOT NULL, checksum INTEGER NOT NULL
);
CREATE TABLE withheld (            -- with number and JSON where the brief is sound and breaks a rule across files
    file TEXT NOT NULL, id TEXT NOT NULL, line INTEGER, "column" INTEGER, number INTEGER, json TEXT, checksum INTEGER
);
CREATE INDEX withheld_file ON withheld (file);
CREATE INDEX withheld_number ON withheld (number);

-- What is filtered and counted. A value is one of a facet: a theme, year, holding, source, speaker or person.
-- A brief has the sources and speakers of its statements alone.
CREATE TABLE value (number INTEGER PRIMARY KEY, facet TEXT NOT NULL, id TEXT NOT NULL, briefs INTEGER NOT NULL, UNIQUE (facet, id));
CREATE TABLE facet (
    value INTEGER, brief INTEGER,
    years INTEGER NOT NULL,       -- for a source or speaker: the years of its statements in this brief, as bits
    PRIMARY KEY (value, brief)
) WITHOUT ROWID;
CREATE TABLE trait (               -- a brief's holdings and years as bits: the narrowest row, for going through all
    brief INTEGER PRIMARY KEY, holdings INTEGER NOT NULL, years INTEGER NOT NULL
);
CREATE TABLE tally (               -- the numbers of a brief's values, four bytes each
    brief INTEGER PRIMARY KEY, "values" BLOB NOT NULL
);
-- And `reach`, which follows from the table of facets: `hrdash.index.rows.REACH`.
CREATE TABLE statement (brief INTEGER, item INTEGER, id TEXT NOT NULL, PRIMARY KEY (brief, item)) WITHOUT ROWID;

CREATE VIRTUAL TABLE words USING fts5(plain, stems, tokenize = 'ascii', prefix = '1 2 3');
