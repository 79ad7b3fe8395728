-- SPDX-License-Identifier: MIT
-- The catalogue of letters: its shape, version 1. What the columns hold is that of the record ("cchcparse/1");
-- catalogue.md says how to ask it.
--
-- A *_key column holds the comparison key of a text (cchc_fold): lower case, no diacritics, đ as d; the key
-- of a code is without leading zeros besides.

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    sha256 TEXT,               -- of the whole input; NULL: it could not be read
    part INTEGER NOT NULL,     -- 1, 2, ... where one letter of several in a file; 0: the only one
    name TEXT NOT NULL,        -- the path under which it was last added
    bytes INTEGER,
    span_begin INTEGER, span_end INTEGER, -- the bytes of the input that the letter is
    encoding TEXT,
    type TEXT, type_text TEXT, family TEXT,
    parent TEXT, agency TEXT,
    code TEXT, number TEXT, notation TEXT,
    place TEXT,
    date TEXT,                 -- 2020-12-22, 2020-12 or 2020
    year INTEGER,
    subject TEXT,
    priority TEXT, secrecy TEXT, circulation TEXT,
    competence TEXT, position TEXT, signer TEXT,
    archive TEXT, typist TEXT, copies INTEGER,
    arrival_number TEXT, arrival_date TEXT,
    code_key TEXT, agency_key TEXT, parent_key TEXT,
    UNIQUE (sha256, part)
);
CREATE INDEX documents_code ON documents (code_key);
CREATE INDEX documents_date ON documents (date);

-- What is found under a path: copies of one file are one letter.
CREATE TABLE files (
    name TEXT PRIMARY KEY,
    sha256 TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX files_sha256 ON files (sha256);

CREATE TABLE clauses (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,  -- in reading order, from 1
    parent INTEGER,            -- the ordinal of the clause above
    level INTEGER NOT NULL,
    label TEXT, marker TEXT, text TEXT,
    span_begin INTEGER, span_end INTEGER,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;

CREATE TABLE deadlines (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    text TEXT,
    kind TEXT, iso TEXT, bound TEXT,
    due TEXT,                  -- the last day on which it is kept; NULL: relative or recurring
    due_time TEXT,             -- 17:00
    rule TEXT,
    duration TEXT, working_days INTEGER, direction TEXT, anchor TEXT,
    clause INTEGER,            -- the ordinal of the clause that holds it
    span_begin INTEGER, span_end INTEGER,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
CREATE INDEX deadlines_due ON deadlines (due);

-- The record's references, by a name that is no word of SQL.
CREATE TABLE citations (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    text TEXT,
    type TEXT, code TEXT, date TEXT, issuer TEXT, part TEXT,
    code_key TEXT,
    span_begin INTEGER, span_end INTEGER,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
CREATE INDEX citations_code ON citations (code_key);

CREATE TABLE recipients (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    list TEXT NOT NULL,        -- addressee (Kính gửi), recipient (Nơi nhận)
    text TEXT, purpose TEXT, same_as_addressees INTEGER,
    text_key TEXT,
    span_begin INTEGER, span_end INTEGER,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;
CREATE INDEX recipients_text ON recipients (text_key);

CREATE TABLE cosigners (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    competence TEXT, position TEXT, full_name TEXT,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;

CREATE TABLE annexes (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    text TEXT,
    span_begin INTEGER, span_end INTEGER,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;

CREATE TABLE diagnostics (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    code TEXT, severity TEXT, message TEXT,
    span_begin INTEGER, span_end INTEGER,
    PRIMARY KEY (document, ordinal)
) WITHOUT ROWID;

-- Words of the whole letter; rowid is the document's id. The tokenizer takes diacritics away but leaves đ, which
-- Unicode does not compose: `folded` holds the letter with d in its place, `text` as it is printed.
CREATE VIRTUAL TABLE full_text USING fts5 (text, folded, tokenize = "unicode61 remove_diacritics 2");

CREATE TRIGGER documents_delete AFTER DELETE ON documents BEGIN
    DELETE FROM full_text WHERE rowid = old.id;
END;

-- Nghị định 30/2020/NĐ-CP, Điều 15.1: number and notation are an agency's once a year.
CREATE VIEW duplicates AS
SELECT code_key, agency_key, parent_key, year, count(*) AS letters, group_concat(id, ' ') AS documents,
       group_concat(name, char(10)) AS names
FROM documents
WHERE number IS NOT NULL AND notation IS NOT NULL AND agency_key IS NOT NULL AND year IS NOT NULL
GROUP BY code_key, agency_key, parent_key, year
HAVING count(*) > 1;
