-- +goose Up

-- Who somebody is for their organisation, as keyed marks of the issuer and of
-- the issuer with the subject. A change of the master key does not change them.
CREATE TABLE organisation_identity (
    identity BLOB    PRIMARY KEY CHECK (length(identity) = 32),
    issuer   BLOB    NOT NULL CHECK (length(issuer) = 32),
    person   TEXT    NOT NULL REFERENCES person (id) ON DELETE CASCADE,
    made     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- One at each organisation.
CREATE UNIQUE INDEX organisation_identity_person ON organisation_identity (person, issuer);
