-- +goose Up

-- The access log. Ids, stable words and moments (Unix milliseconds); see
-- package accesslog for what each column holds. Seq is 0 and link NULL in lines
-- from before there was a chain. About is NULL where nobody is told.
CREATE TABLE access_line (
    n        INTEGER PRIMARY KEY,
    chain    TEXT    NOT NULL,
    seq      INTEGER NOT NULL,
    link     BLOB,
    at       INTEGER NOT NULL,
    kind     TEXT    NOT NULL,
    what     TEXT    NOT NULL,
    action   TEXT    NOT NULL,
    outcome  TEXT    NOT NULL,
    person   TEXT    NOT NULL,
    partner  TEXT    NOT NULL,
    role     TEXT    NOT NULL,
    staff    TEXT    NOT NULL,
    purpose  TEXT    NOT NULL,
    session  TEXT    NOT NULL,
    device   TEXT    NOT NULL,
    point    TEXT    NOT NULL,
    alliance TEXT    NOT NULL,
    about    TEXT    NOT NULL,
    told     INTEGER NOT NULL CHECK (told IN (0, 1)),
    object   TEXT    NOT NULL,
    whom     TEXT    NOT NULL,
    policy   TEXT    NOT NULL
) STRICT;

-- Where each chain stands. Key is sealed by the master.
CREATE TABLE access_chain (
    chain TEXT    NOT NULL PRIMARY KEY,
    seq   INTEGER NOT NULL,
    link  BLOB    NOT NULL,
    key   BLOB    NOT NULL,
    mac   BLOB    NOT NULL
) STRICT, WITHOUT ROWID;

-- What was kept before, as it was.
INSERT INTO access_line (chain, seq, at, kind, what, action, outcome, person, partner, role, staff, purpose,
    session, device, point, alliance, about, told, object, whom, policy)
SELECT look.alliance, 0, at, 'read', what, 'R', 'done', coalesce(member.person, ''), viewer, '', '', 'before',
    '', '', '', look.alliance, about, 1, '', '', 'before'
FROM look LEFT JOIN member ON member.alliance = look.alliance AND member.partner = look.viewer
ORDER BY at, look.alliance, about, viewer, what;

DROP TABLE look;

-- What the one at a place is told, and each question of a privacy officer.
CREATE INDEX access_told ON access_line (alliance, about, at, partner, kind, what) WHERE told = 1;
CREATE INDEX access_alliance ON access_line (alliance, at);
CREATE INDEX access_person ON access_line (person, at);
CREATE INDEX access_session ON access_line (session, at);
CREATE INDEX access_device ON access_line (device, at);
CREATE INDEX access_at ON access_line (at);
CREATE INDEX access_kind ON access_line (kind, at, person, alliance) WHERE kind <> 'read';
CREATE INDEX access_outcome ON access_line (outcome, at) WHERE outcome <> 'done';
