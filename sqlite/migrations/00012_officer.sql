-- +goose Up

-- Who watches over privacy: sees who did what, never what was said.
ALTER TABLE person ADD COLUMN officer INTEGER NOT NULL DEFAULT 0 CHECK (officer IN (0, 1));

-- How somebody came in, on which kind of device (a stable word, no address),
-- and whether others use that device too.
ALTER TABLE session ADD COLUMN way TEXT NOT NULL DEFAULT 'link';
ALTER TABLE session ADD COLUMN device TEXT NOT NULL DEFAULT '';
ALTER TABLE session ADD COLUMN shared INTEGER NOT NULL DEFAULT 0 CHECK (shared IN (0, 1));
