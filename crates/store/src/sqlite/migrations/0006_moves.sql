-- Tries to move this store to another database, each under a name that the other one knows too. One that came through has
-- a time, and then nobody works here any more: whoever went on in this file would file everything a second time.
CREATE TABLE moves (
    id       TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 32),
    begun_at INTEGER NOT NULL,
    host     TEXT NOT NULL,
    database TEXT NOT NULL,
    moved_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX moves_come_through_once ON moves (moved_at IS NOT NULL) WHERE moved_at IS NOT NULL;
CREATE TRIGGER moves_are_not_taken_back BEFORE UPDATE ON moves WHEN OLD.moved_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a store that was moved stays moved');
END;
CREATE TRIGGER moves_are_not_forgotten BEFORE DELETE ON moves WHEN OLD.moved_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a store that was moved stays moved');
END;

-- Also for who had the file open before.
CREATE TRIGGER jobs_are_taken_in_before_the_move BEFORE INSERT ON jobs
WHEN EXISTS (SELECT 1 FROM moves WHERE moved_at IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'the store was moved');
END;
CREATE TRIGGER jobs_change_before_the_move BEFORE UPDATE ON jobs
WHEN EXISTS (SELECT 1 FROM moves WHERE moved_at IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'the store was moved');
END;
CREATE TRIGGER logins_begin_before_the_move BEFORE INSERT ON logins
WHEN EXISTS (SELECT 1 FROM moves WHERE moved_at IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'the store was moved');
END;
