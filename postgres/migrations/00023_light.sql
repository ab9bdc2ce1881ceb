-- +goose Up

-- There are three kinds of devices: an index of them finds a third of all lines.
DROP INDEX access_device;
