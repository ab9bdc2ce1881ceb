-- +goose Up

-- What no chain, mark or seal covers stands twice: in its table, and in an index
-- over all its columns. A bit that changes in one of the two is found when SQLite
-- holds them against each other (PRAGMA integrity_check).
CREATE INDEX person_twice ON person (id, admin, may_begin, name, officer, closed);
CREATE INDEX link_twice ON link (secret, id, purpose, person, alliance, partner, made_by, expires, used, code, wrong, used_by);
CREATE INDEX activity_wording_twice ON activity_wording (language, activity, name, about, origin);
CREATE INDEX credential_twice ON credential (person, name, salt, hash, memory, passes, lanes, factor, step, made);
CREATE INDEX recovery_twice ON recovery (person, mark);
CREATE INDEX tries_twice ON tries (name, wrong, since, closed, until);
CREATE INDEX spent_twice ON spent (mark, until);
CREATE INDEX only_own_twice ON only_own (person);
CREATE INDEX back_in_twice ON back_in (person, link, made_by, at);
CREATE INDEX passkey_owner_twice ON passkey_owner (person, handle);
CREATE INDEX organisation_identity_twice ON organisation_identity (identity, issuer, person, made);
CREATE INDEX master_key_twice ON master_key (one, installation, current, before, entrusted, entrusted_at);
CREATE INDEX house_secret_twice ON house_secret (name, sealed);
CREATE INDEX destroyed_twice ON destroyed (alliance, entries, at, record);
CREATE INDEX destroyed_person_twice ON destroyed_person (person, alliance);
CREATE INDEX own_term_twice ON own_term (word, name, years, months, weeks, counted, source);
CREATE INDEX emergency_twice ON emergency (person, alliance, until);
CREATE INDEX organisation_twice ON organisation (one, name, contact, officer, complain);

-- These have an index already that becomes the second copy.
DROP INDEX session_person;
CREATE INDEX session_twice ON session (person, token, staff, made, last_used, way, device, shared);
DROP INDEX passkey_person;
CREATE INDEX passkey_twice ON passkey (person, made, id, name, credential, public_key, count, flags, transports, last_used, distrusted);
DROP INDEX passkey_challenge_expires;
CREATE INDEX passkey_challenge_twice ON passkey_challenge (expires, asked, purpose, person, holder);

-- A device that hardly anybody has is looked for along the moments, without going
-- to each line.
DROP INDEX access_at;
CREATE INDEX access_at ON access_line (at, device);
