-- The archive's database. Everything else beside it can be made again from it.

-- Who made what, down to the weights of its model.
CREATE TABLE producers (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    version TEXT NOT NULL,
    model   TEXT NOT NULL,      -- empty where there is none
    model_version TEXT NOT NULL,
    weights TEXT NOT NULL,
    UNIQUE (name, version, model, model_version, weights)
);

-- How documents were read: the last stage, and the versions of all that ran, as the output names them.
CREATE TABLE readings (
    id       INTEGER PRIMARY KEY,
    until    INTEGER NOT NULL,
    article  TEXT NOT NULL,     -- empty where a stage did not run
    language TEXT NOT NULL,
    facts    TEXT NOT NULL,
    UNIQUE (until, article, language, facts)
);

-- Every commit of a writer. An index beside the database says up to which it has come; `token` tells this database from
-- one that was put back from a backup and went on differently.
CREATE TABLE batches (
    id    INTEGER PRIMARY KEY,
    seq   INTEGER NOT NULL UNIQUE,  -- the last change of the batch
    token BLOB NOT NULL,
    at    INTEGER NOT NULL          -- Unix time
);

-- Large things, many to a row: a row of its own for each would leave half a database page empty behind it.
CREATE TABLE packs (
    id    INTEGER PRIMARY KEY,
    bytes BLOB NOT NULL
);

-- Pages as they came, once each.
CREATE TABLE pages (
    id     INTEGER PRIMARY KEY,
    hash   BLOB NOT NULL UNIQUE,    -- SHA-256 of the bytes
    size   INTEGER NOT NULL,
    base   INTEGER REFERENCES pages (id), -- the page that it is stored as a difference to
    pack   INTEGER NOT NULL,
    offset INTEGER NOT NULL,
    length INTEGER NOT NULL
);
CREATE INDEX pages_of_pack ON pages (pack);
CREATE INDEX pages_of_base ON pages (base) WHERE base IS NOT NULL;

-- The addresses of articles, as they are compared.
CREATE TABLE addresses (
    id  INTEGER PRIMARY KEY,
    url TEXT NOT NULL UNIQUE
);

-- A page at one address, with all that reading it depends on.
CREATE TABLE captures (
    id      INTEGER PRIMARY KEY,
    key     BLOB NOT NULL UNIQUE,   -- hash of page, media, url and charset
    page    INTEGER NOT NULL REFERENCES pages (id),
    media   INTEGER NOT NULL,
    url     TEXT,
    charset TEXT,
    name    TEXT NOT NULL,          -- the id of the output
    fetched TEXT,
    found   TEXT                    -- where it was found, where the name doesn't say it
);
CREATE INDEX captures_of_page ON captures (page);

-- The same capture come across again under another name or at another time.
CREATE TABLE sightings (
    capture INTEGER NOT NULL REFERENCES captures (id),
    name    TEXT NOT NULL,
    fetched TEXT NOT NULL,          -- empty where unknown
    PRIMARY KEY (capture, name, fetched)
) WITHOUT ROWID;

-- What was read from a capture.
CREATE TABLE documents (
    id        INTEGER PRIMARY KEY REFERENCES captures (id),
    changed   INTEGER NOT NULL UNIQUE, -- the change that made it what it is now
    batch     INTEGER NOT NULL,        -- the commit that it came with
    address   INTEGER NOT NULL REFERENCES addresses (id),
    reading   INTEGER NOT NULL REFERENCES readings (id),
    seen      TEXT NOT NULL,           -- orders the versions of an address: fetched, modified, published, or empty
    site      TEXT,
    language  TEXT,
    published TEXT,
    headline  TEXT,
    hash      BLOB NOT NULL,           -- of words and origins
    pack      INTEGER NOT NULL,
    offset    INTEGER NOT NULL,
    words     INTEGER NOT NULL,        -- length of the words, which stand first
    origins   INTEGER NOT NULL         -- length of the origins behind them
);
CREATE INDEX documents_of_address ON documents (address);
CREATE INDEX documents_of_pack ON documents (pack);

-- What was read from the words.
CREATE TABLE layers (
    document  INTEGER NOT NULL REFERENCES documents (id),
    name      TEXT NOT NULL,
    producer  INTEGER NOT NULL REFERENCES producers (id),
    made_from INTEGER NOT NULL,
    inputs    BLOB NOT NULL,           -- hash of the words and of the layers it was made from
    hash      BLOB NOT NULL,           -- of the items
    items     INTEGER NOT NULL,
    bytes     BLOB NOT NULL,
    PRIMARY KEY (document, name)
) WITHOUT ROWID;

-- Names of speakers.
CREATE TABLE speakers (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- One row for each quote, with what is asked for across articles.
CREATE TABLE statements (
    document INTEGER NOT NULL REFERENCES documents (id),
    nth      INTEGER NOT NULL,
    id       BLOB NOT NULL,
    kind     INTEGER NOT NULL,
    act      INTEGER NOT NULL,
    source   INTEGER NOT NULL,
    terms    INTEGER NOT NULL,
    speaker  INTEGER REFERENCES speakers (id),
    PRIMARY KEY (document, nth)
) WITHOUT ROWID;
CREATE INDEX statements_of_speaker ON statements (speaker) WHERE speaker IS NOT NULL;

-- What people wrote beside what was read. Never changed, only undone.
CREATE TABLE annotations (
    id     INTEGER PRIMARY KEY,
    key    BLOB NOT NULL UNIQUE,    -- hash of everything below but `undone`
    kind   TEXT NOT NULL,
    page   BLOB NOT NULL,           -- SHA-256 of the page
    ranges TEXT NOT NULL,           -- of the page's bytes: "12-40 51-60"; empty for the whole page
    words  TEXT NOT NULL,
    value  TEXT NOT NULL,
    author TEXT NOT NULL,
    made   TEXT NOT NULL,
    undone TEXT
);
CREATE INDEX annotations_of_page ON annotations (page);
CREATE INDEX annotations_of_kind ON annotations (kind);

-- Pages that were taken down, so that they do not come back unnoticed.
CREATE TABLE removed (
    capture INTEGER PRIMARY KEY,    -- ids are never given again
    changed INTEGER NOT NULL UNIQUE,
    key     BLOB NOT NULL,
    page    BLOB NOT NULL,
    name    TEXT NOT NULL,
    url     TEXT,
    reason  TEXT NOT NULL,
    at      INTEGER NOT NULL
);
CREATE INDEX removed_page ON removed (page);

-- The page of each outlet that its other pages are stored as differences to.
CREATE TABLE outlets (
    host TEXT PRIMARY KEY,
    base INTEGER NOT NULL REFERENCES pages (id),
    uses INTEGER NOT NULL
) WITHOUT ROWID;
