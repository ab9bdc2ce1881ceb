-- +goose Up

-- A link opens only with a code that goes another way. Of the code its HMAC
-- under the secret of the link is kept, which is kept nowhere. A link without
-- one is an administrator's, which the program itself prints.
ALTER TABLE link ADD COLUMN code BLOB CHECK (code IS NULL OR length(code) = 32);

-- How often a wrong code was given.
ALTER TABLE link ADD COLUMN wrong INTEGER NOT NULL DEFAULT 0;

-- The SHA-256 of the id of the form that used the link.
ALTER TABLE link ADD COLUMN used_by BLOB CHECK (used_by IS NULL OR length(used_by) = 32);

CREATE INDEX link_alliance ON link (alliance) WHERE alliance <> '';

-- Nobody was ever given a code for the links that are open now.
DELETE FROM link WHERE used IS NULL AND purpose <> 'administrator';
