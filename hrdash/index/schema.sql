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
    first INTEGER NOT NULL, last INTEGER NOT NULL,  -- its run of numbers, `last` not included
    flagged INTEGER NOT NULL,     -- 1: has a fault across files, and is read again whenever anything changes
    ids_known INTEGER NOT NULL    -- 0: may hold briefs whose ids could not be read
) WITHOUT ROWID;
CREATE INDEX file_theme ON file (theme);
CREATE TABLE declared (file TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL, line INTEGER, "column" INTEGER);
CREATE INDEX declared_id ON declared (id);
CREATE INDEX declared_file ON declared (file);
CREATE TABLE referred (file TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL);
CREATE INDEX referred_target ON referred (target);
CREATE INDEX referred_file ON referred (file);
CREATE TABLE faulty (kind TEXT NOT NULL, id TEXT NOT NULL, "where" TEXT NOT NULL);
CREATE TABLE withheld (file TEXT NOT NULL, id TEXT NOT NULL, line INTEGER, "column" INTEGER);
CREATE INDEX withheld_file ON withheld (file);
CREATE TABLE problem (
    read_from TEXT NOT NULL,      -- the file whose reading found it; empty: the listing of the folder
    file TEXT NOT NULL, line INTEGER, "column" INTEGER, what TEXT NOT NULL, cure TEXT NOT NULL, level TEXT NOT NULL
);
CREATE INDEX problem_read_from ON problem (read_from);

-- The registers, and the themes; `place` is the order in which they are written or shown.
CREATE TABLE source (
    id TEXT PRIMARY KEY, place INTEGER NOT NULL, type TEXT, title TEXT, issued TEXT, kind TEXT, capacity TEXT,
    numbering TEXT, last INTEGER, publisher TEXT, container_title TEXT, number TEXT, accessed TEXT, URL TEXT,
    language TEXT, note TEXT, line INTEGER, "column" INTEGER
) WITHOUT ROWID;
CREATE TABLE author (source TEXT, place INTEGER, literal TEXT, family TEXT, given TEXT, PRIMARY KEY (source, place))
    WITHOUT ROWID;
CREATE TABLE section (source TEXT, place INTEGER, first INTEGER, title TEXT, PRIMARY KEY (source, place)) WITHOUT ROWID;
CREATE TABLE no_statements (source TEXT, place INTEGER, paras TEXT, reason TEXT, see TEXT, PRIMARY KEY (source, place))
    WITHOUT ROWID;
CREATE TABLE speaker (id TEXT PRIMARY KEY, place INTEGER NOT NULL, name TEXT, short TEXT, kind TEXT) WITHOUT ROWID;
CREATE TABLE measure (
    id TEXT PRIMARY KEY, place INTEGER NOT NULL, label TEXT, unit TEXT, kind TEXT, span TEXT, note TEXT
) WITHOUT ROWID;
CREATE TABLE see (measure TEXT, place INTEGER, target TEXT, PRIMARY KEY (measure, place)) WITHOUT ROWID;
CREATE TABLE theme (id TEXT PRIMARY KEY, file TEXT NOT NULL, label TEXT, title TEXT) WITHOUT ROWID;
CREATE INDEX theme_file ON theme (file);
CREATE TABLE tag (theme TEXT, kind TEXT, place INTEGER, text TEXT, PRIMARY KEY (theme, kind, place)) WITHOUT ROWID;
CREATE TABLE theme_order (id TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;

-- Briefs. Statements, left-open matters and differences are items of a brief, in one order.
CREATE TABLE brief (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, theme TEXT NOT NULL, title TEXT NOT NULL, years TEXT NOT NULL,
    holdings INTEGER NOT NULL, file TEXT NOT NULL, line INTEGER, "column" INTEGER,
    content INTEGER NOT NULL,     -- of all it says: differs when that changes
    checksum INTEGER NOT NULL     -- of all that is read back, so that damage is seen
);
CREATE TABLE item (
    brief INTEGER, item INTEGER, section TEXT NOT NULL, id TEXT, "by" TEXT, text TEXT, period TEXT, period_text TEXT,
    put_as TEXT, same_as TEXT, note TEXT, line INTEGER, "column" INTEGER, PRIMARY KEY (brief, item)
) WITHOUT ROWID;
CREATE TABLE citation (brief INTEGER, item INTEGER, place INTEGER, source TEXT, para TEXT, PRIMARY KEY (brief, item, place))
    WITHOUT ROWID;
CREATE TABLE figure (
    brief INTEGER, item INTEGER, place INTEGER, measure TEXT, value TEXT, low TEXT, high TEXT, qualifier TEXT,
    direction TEXT, per TEXT, base TEXT, population TEXT, period TEXT, status TEXT, PRIMARY KEY (brief, item, place)
) WITHOUT ROWID;
CREATE TABLE link (                -- faces, answers, asks, between; for item -1: persons, also_in, related
    brief INTEGER, item INTEGER, kind TEXT, place INTEGER, target TEXT, PRIMARY KEY (brief, item, kind, place)
) WITHOUT ROWID;

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
-- And `reach`, which follows from the table of facets: `hrdash.index.brief_rows.REACH`.

CREATE VIRTUAL TABLE words USING fts5(plain, stems, tokenize = 'ascii', prefix = '1 2 3');
