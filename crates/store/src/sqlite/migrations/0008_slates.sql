-- Small texts that servers write down for one another, such as what is known of alerts.
CREATE TABLE slates (
    name     TEXT NOT NULL PRIMARY KEY,
    revision INTEGER NOT NULL CHECK (revision > 0),
    text     TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER slates_revision_rises_by_one BEFORE UPDATE ON slates
WHEN NEW.revision <> OLD.revision + 1
BEGIN
    SELECT RAISE(ABORT, 'the revision of a slate rises by one');
END;
