-- A reading names its last stage and the versions of the stages that ran: a new stage needs no column.
CREATE TABLE new_readings (
    id        INTEGER PRIMARY KEY,
    until     TEXT NOT NULL,        -- "facts"
    producers TEXT NOT NULL,        -- "article 0.1.0, facts 0.1.0": what the output shows
    UNIQUE (until, producers)
);
INSERT INTO new_readings (id, until, producers)
    SELECT id,
        CASE until WHEN 0 THEN 'article' WHEN 1 THEN 'language' ELSE 'facts' END,
        ltrim(
            CASE article WHEN '' THEN '' ELSE 'article ' || article END
            || CASE language WHEN '' THEN '' ELSE ', language ' || language END
            || CASE facts WHEN '' THEN '' ELSE ', facts ' || facts END,
            ', ')
    FROM readings;
DROP TABLE readings;
ALTER TABLE new_readings RENAME TO readings;

-- "Kind" is left to sources: a statement is direct, indirect or mixed by its form.
ALTER TABLE statements RENAME COLUMN kind TO form;

-- Layers say by name what they were made from. Their rows are moved, and names written anew, by `format/to_3.rs`.
ALTER TABLE layers RENAME TO old_layers;
CREATE TABLE layers (
    document  INTEGER NOT NULL REFERENCES documents (id),
    name      TEXT NOT NULL,
    producer  INTEGER NOT NULL REFERENCES producers (id),
    made_from TEXT NOT NULL,           -- names of layers, separated by spaces
    inputs    BLOB NOT NULL,           -- hash of the words and of the names of the layers it was made from
    hash      BLOB NOT NULL,           -- of the items
    items     INTEGER NOT NULL,
    bytes     BLOB NOT NULL,
    PRIMARY KEY (document, name)
) WITHOUT ROWID;

-- What follows the archive has taken in documents as they were read before: with other tokens it begins anew.
UPDATE batches SET token = randomblob(8);
