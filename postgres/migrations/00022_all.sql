-- +goose Up

-- The tables as they are in SQLite at the same version of the schema; what each
-- holds is said there and in the packages that use them. The differences:
-- text is ordered by its bytes, as in SQLite; the keys are spread over
-- partitions, so that one of them can be rewritten when a key is destroyed.

CREATE TABLE entry (
    alliance   TEXT COLLATE "C" NOT NULL,
    seq        BIGINT   NOT NULL CHECK (seq > 0),
    kind       TEXT COLLATE "C" NOT NULL,
    version    BIGINT   NOT NULL,
    command    TEXT COLLATE "C" NOT NULL,
    at         BIGINT   NOT NULL,
    holder     TEXT COLLATE "C" NOT NULL,
    structure  BYTEA    NOT NULL,
    words      BYTEA,
    words_hash BYTEA,
    chain      BYTEA    NOT NULL,
    PRIMARY KEY (alliance, seq)
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- What is sealed does not get smaller.
ALTER TABLE entry ALTER structure SET STORAGE EXTERNAL, ALTER words SET STORAGE EXTERNAL;

CREATE INDEX entry_transcript ON entry (alliance) WHERE kind = 'lines.laid' AND words IS NOT NULL;
CREATE INDEX entry_kept ON entry (alliance) WHERE kind = 'retention.set';
CREATE INDEX entry_decided ON entry (alliance) WHERE kind = 'destruction.confirmed';
CREATE INDEX entry_scratch ON entry (alliance) WHERE kind = 'scratch.written' AND words IS NOT NULL;
CREATE INDEX entry_born ON entry (alliance) WHERE kind = 'birth.told' AND words IS NOT NULL;

-- A head is written with every change, in the room that is left on its page.
CREATE TABLE head (
    alliance TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    number   BIGINT NOT NULL UNIQUE,
    seq      BIGINT NOT NULL,
    chain    BYTEA  NOT NULL,
    mac      BYTEA  NOT NULL
) WITH (fillfactor = 50);

CREATE TABLE register (
    one       BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    alliances BIGINT NOT NULL,
    mac       BYTEA  NOT NULL
) WITH (fillfactor = 10);

CREATE TABLE wrapped_key (
    alliance  TEXT COLLATE "C" NOT NULL,
    used_for  TEXT COLLATE "C" NOT NULL,
    holder    TEXT COLLATE "C" NOT NULL,
    destroyed SMALLINT NOT NULL CHECK (destroyed IN (0, 1)),
    sealed    BYTEA    NOT NULL,
    PRIMARY KEY (alliance, used_for, holder)
) PARTITION BY HASH (alliance);

-- +goose StatementBegin
DO $$
BEGIN
    FOR n IN 0..31 LOOP
        EXECUTE format('CREATE TABLE wrapped_key_%s PARTITION OF wrapped_key FOR VALUES WITH (MODULUS 32, REMAINDER %s)', n, n);
    END LOOP;
END $$;
-- +goose StatementEnd

CREATE TABLE member (
    alliance TEXT COLLATE "C" NOT NULL,
    partner  TEXT COLLATE "C" NOT NULL,
    person   TEXT COLLATE "C" NOT NULL,
    here     SMALLINT NOT NULL CHECK (here IN (0, 1)),
    PRIMARY KEY (alliance, partner)
);

CREATE INDEX member_here ON member (person, alliance) WHERE here = 1;
CREATE INDEX member_person ON member (person, alliance);

CREATE TABLE person (
    id        TEXT COLLATE "C" PRIMARY KEY CHECK (id <> ''),
    admin     SMALLINT NOT NULL CHECK (admin IN (0, 1)),
    may_begin SMALLINT NOT NULL CHECK (may_begin IN (0, 1)),
    name      BYTEA,
    officer   SMALLINT NOT NULL DEFAULT 0 CHECK (officer IN (0, 1)),
    closed    SMALLINT NOT NULL DEFAULT 0 CHECK (closed IN (0, 1))
);

CREATE TABLE link (
    secret   BYTEA  PRIMARY KEY CHECK (length(secret) = 32),
    id       TEXT COLLATE "C" NOT NULL,
    purpose  TEXT COLLATE "C" NOT NULL,
    person   TEXT COLLATE "C" NOT NULL CHECK (person <> ''),
    alliance TEXT COLLATE "C" NOT NULL,
    partner  TEXT COLLATE "C" NOT NULL,
    made_by  TEXT COLLATE "C" NOT NULL,
    expires  BIGINT NOT NULL,
    used     BIGINT,
    code     BYTEA CHECK (code IS NULL OR length(code) = 32),
    wrong    BIGINT NOT NULL DEFAULT 0,
    used_by  BYTEA CHECK (used_by IS NULL OR length(used_by) = 32)
);

CREATE INDEX link_alliance ON link (alliance) WHERE alliance <> '';

CREATE TABLE session (
    token     BYTEA    PRIMARY KEY CHECK (length(token) = 32),
    person    TEXT COLLATE "C" NOT NULL REFERENCES person (id),
    staff     SMALLINT NOT NULL CHECK (staff IN (0, 1)),
    made      BIGINT   NOT NULL,
    last_used BIGINT   NOT NULL,
    way       TEXT COLLATE "C" NOT NULL DEFAULT 'link',
    device    TEXT COLLATE "C" NOT NULL DEFAULT '',
    shared    SMALLINT NOT NULL DEFAULT 0 CHECK (shared IN (0, 1))
);

CREATE INDEX session_person ON session (person);

CREATE TABLE activity_wording (
    language TEXT COLLATE "C" NOT NULL,
    activity TEXT COLLATE "C" NOT NULL,
    name     TEXT COLLATE "C" NOT NULL,
    about    TEXT COLLATE "C" NOT NULL,
    origin   TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (language, activity)
);

CREATE TABLE credential (
    person TEXT COLLATE "C" PRIMARY KEY CHECK (person <> ''),
    name   BYTEA  NOT NULL UNIQUE CHECK (length(name) = 32),
    salt   BYTEA  NOT NULL,
    hash   BYTEA  NOT NULL CHECK (length(hash) = 32),
    memory BIGINT NOT NULL,
    passes BIGINT NOT NULL,
    lanes  BIGINT NOT NULL,
    factor BYTEA  NOT NULL,
    step   BIGINT NOT NULL,
    made   BIGINT NOT NULL
);

CREATE TABLE recovery (
    person TEXT COLLATE "C" NOT NULL REFERENCES credential (person) ON DELETE CASCADE,
    mark   BYTEA NOT NULL CHECK (length(mark) = 32),
    PRIMARY KEY (person, mark)
);

CREATE TABLE tries (
    name   BYTEA  PRIMARY KEY CHECK (length(name) = 32),
    wrong  BIGINT NOT NULL,
    since  BIGINT NOT NULL,
    closed BIGINT NOT NULL,
    until  BIGINT NOT NULL
);

CREATE TABLE spent (
    mark  BYTEA  PRIMARY KEY CHECK (length(mark) = 32),
    until BIGINT NOT NULL
);

CREATE TABLE only_own (
    person TEXT COLLATE "C" PRIMARY KEY CHECK (person <> '')
);

CREATE TABLE back_in (
    person  TEXT COLLATE "C" NOT NULL CHECK (person <> ''),
    link    TEXT COLLATE "C" NOT NULL,
    made_by TEXT COLLATE "C" NOT NULL,
    at      BIGINT NOT NULL,
    PRIMARY KEY (person, link)
);

CREATE TABLE passkey_owner (
    person TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    handle BYTEA NOT NULL UNIQUE
);

CREATE TABLE passkey (
    id         TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    person     TEXT COLLATE "C" NOT NULL REFERENCES passkey_owner (person),
    name       BYTEA,
    credential BYTEA  NOT NULL UNIQUE,
    public_key BYTEA  NOT NULL,
    count      BIGINT NOT NULL,
    flags      BIGINT NOT NULL,
    transports TEXT COLLATE "C" NOT NULL,
    made       BIGINT NOT NULL,
    last_used  BIGINT,
    distrusted BIGINT
);

CREATE INDEX passkey_person ON passkey (person, made);

CREATE TABLE passkey_challenge (
    asked   BYTEA  NOT NULL PRIMARY KEY,
    purpose TEXT COLLATE "C" NOT NULL,
    person  TEXT COLLATE "C" NOT NULL,
    holder  BYTEA  NOT NULL,
    expires BIGINT NOT NULL
);

CREATE INDEX passkey_challenge_expires ON passkey_challenge (expires);

CREATE TABLE organisation_identity (
    identity BYTEA  PRIMARY KEY CHECK (length(identity) = 32),
    issuer   BYTEA  NOT NULL CHECK (length(issuer) = 32),
    person   TEXT COLLATE "C" NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    made     BIGINT NOT NULL
);

CREATE UNIQUE INDEX organisation_identity_person ON organisation_identity (person, issuer);

-- The numbers are handed out before a line is committed: whoever goes along
-- them while others write reads one moment.
CREATE TABLE access_line (
    n        BIGINT   GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    chain    TEXT COLLATE "C" NOT NULL,
    seq      BIGINT   NOT NULL,
    link     BYTEA,
    at       BIGINT   NOT NULL,
    kind     TEXT COLLATE "C" NOT NULL,
    what     TEXT COLLATE "C" NOT NULL,
    action   TEXT COLLATE "C" NOT NULL,
    outcome  TEXT COLLATE "C" NOT NULL,
    person   TEXT COLLATE "C" NOT NULL,
    partner  TEXT COLLATE "C" NOT NULL,
    role     TEXT COLLATE "C" NOT NULL,
    staff    TEXT COLLATE "C" NOT NULL,
    purpose  TEXT COLLATE "C" NOT NULL,
    session  TEXT COLLATE "C" NOT NULL,
    device   TEXT COLLATE "C" NOT NULL,
    point    TEXT COLLATE "C" NOT NULL,
    alliance TEXT COLLATE "C" NOT NULL,
    about    TEXT COLLATE "C" NOT NULL,
    told     SMALLINT NOT NULL CHECK (told IN (0, 1)),
    object   TEXT COLLATE "C" NOT NULL,
    whom     TEXT COLLATE "C" NOT NULL,
    policy   TEXT COLLATE "C" NOT NULL
);

CREATE TABLE access_chain (
    chain TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    seq   BIGINT NOT NULL,
    link  BYTEA  NOT NULL,
    key   BYTEA  NOT NULL,
    mac   BYTEA  NOT NULL
) WITH (fillfactor = 50);

CREATE INDEX access_told ON access_line (alliance, about, at, partner, kind, what) WHERE told = 1;
CREATE INDEX access_alliance ON access_line (alliance, at);
CREATE INDEX access_person ON access_line (person, at);
CREATE INDEX access_session ON access_line (session, at);
CREATE INDEX access_device ON access_line (device, at);
CREATE INDEX access_at ON access_line (at);
CREATE INDEX access_kind ON access_line (kind, at, person, alliance) WHERE kind <> 'read';
CREATE INDEX access_outcome ON access_line (outcome, at) WHERE outcome <> 'done';

CREATE TABLE master_key (
    one          BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    installation TEXT COLLATE "C" NOT NULL CHECK (installation <> ''),
    current      BYTEA  NOT NULL CHECK (length(current) = 16),
    before       BYTEA  CHECK (before IS NULL OR length(before) = 16),
    entrusted    BYTEA  CHECK (entrusted IS NULL OR length(entrusted) = 16),
    entrusted_at BIGINT
);

CREATE TABLE house_secret (
    name   TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (name <> ''),
    sealed BYTEA NOT NULL
);

CREATE TABLE destroyed (
    alliance TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    entries  BIGINT NOT NULL,
    at       BIGINT NOT NULL,
    record   BYTEA  NOT NULL
);

CREATE TABLE destroyed_person (
    person   TEXT COLLATE "C" NOT NULL CHECK (person <> ''),
    alliance TEXT COLLATE "C" NOT NULL REFERENCES destroyed (alliance),
    PRIMARY KEY (person, alliance)
);

CREATE TABLE own_term (
    word    TEXT COLLATE "C" NOT NULL PRIMARY KEY CHECK (word <> ''),
    name    TEXT COLLATE "C" NOT NULL,
    years   BIGINT NOT NULL,
    months  BIGINT NOT NULL,
    weeks   BIGINT NOT NULL,
    counted TEXT COLLATE "C" NOT NULL,
    source  TEXT COLLATE "C" NOT NULL
);

CREATE TABLE emergency (
    person   TEXT COLLATE "C" NOT NULL CHECK (person <> ''),
    alliance TEXT COLLATE "C" NOT NULL CHECK (alliance <> ''),
    until    BIGINT NOT NULL,
    PRIMARY KEY (person, alliance)
);

CREATE TABLE organisation (
    one      BIGINT NOT NULL PRIMARY KEY CHECK (one = 1),
    name     TEXT COLLATE "C" NOT NULL,
    contact  TEXT COLLATE "C" NOT NULL,
    officer  TEXT COLLATE "C" NOT NULL,
    complain TEXT COLLATE "C" NOT NULL
);
