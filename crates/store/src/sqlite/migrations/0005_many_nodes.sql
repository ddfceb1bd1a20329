-- Who keeps the session of each account. A right that was given back names nobody. Its token stays, so that the next
-- keeper gets a higher one.
CREATE TABLE account_leases (
    portal     TEXT NOT NULL,
    account    TEXT NOT NULL,
    token      INTEGER NOT NULL CHECK (token > 0),
    owner      TEXT,
    expires_at INTEGER,
    PRIMARY KEY (portal, account),
    CHECK ((owner IS NULL) = (expires_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER account_leases_token_only_rises BEFORE UPDATE ON account_leases
WHEN NEW.token < OLD.token
BEGIN
    SELECT RAISE(ABORT, 'a fencing token only rises');
END;
CREATE TRIGGER account_leases_token_is_of_one_keeper BEFORE UPDATE ON account_leases
WHEN NEW.token = OLD.token AND NEW.owner IS NOT NULL AND NEW.owner IS NOT OLD.owner
BEGIN
    SELECT RAISE(ABORT, 'another keeper has another fencing token');
END;
CREATE TRIGGER account_leases_are_not_removed BEFORE DELETE ON account_leases
BEGIN
    SELECT RAISE(ABORT, 'a fencing token never comes back');
END;

-- What jobs reported of a session, by the newest generation that it was said of. Zero is nothing.
ALTER TABLE sessions ADD COLUMN stale INTEGER NOT NULL DEFAULT 0 CHECK (stale BETWEEN 0 AND generation);
ALTER TABLE sessions ADD COLUMN retire INTEGER NOT NULL DEFAULT 0 CHECK (retire BETWEEN 0 AND generation);

-- The right that a login was begun under, where one is needed.
ALTER TABLE logins ADD COLUMN keeper_token INTEGER CHECK (keeper_token > 0);
CREATE TRIGGER logins_are_begun_by_the_keeper BEFORE INSERT ON logins
WHEN NEW.keeper_token IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM account_leases
    WHERE portal = NEW.portal AND account = NEW.account AND token = NEW.keeper_token AND owner IS NOT NULL)
BEGIN
    SELECT RAISE(ABORT, 'a login is begun by the keeper of the session');
END;

-- What clones of a session are made of, sealed. It is of a generation that was the present one when it was shared.
CREATE TABLE session_copies (
    portal     TEXT NOT NULL,
    account    TEXT NOT NULL,
    generation INTEGER NOT NULL CHECK (generation > 0),
    sealed     BLOB NOT NULL,
    shared_at  INTEGER NOT NULL,
    PRIMARY KEY (portal, account)
) STRICT;
CREATE TRIGGER session_copies_are_new_of_the_present_generation BEFORE INSERT ON session_copies
WHEN NEW.generation IS NOT (SELECT generation FROM sessions WHERE portal = NEW.portal AND account = NEW.account)
BEGIN
    SELECT RAISE(ABORT, 'a copy is shared of the present generation');
END;
CREATE TRIGGER session_copies_become_those_of_the_present_generation BEFORE UPDATE ON session_copies
WHEN NEW.generation IS NOT (SELECT generation FROM sessions WHERE portal = NEW.portal AND account = NEW.account)
BEGIN
    SELECT RAISE(ABORT, 'a copy is shared of the present generation');
END;

-- The servers, as each last said of itself, and what is wanted of it.
CREATE TABLE nodes (
    id         TEXT NOT NULL PRIMARY KEY,
    version    TEXT NOT NULL,
    schema     INTEGER NOT NULL CHECK (schema > 0),
    workers    INTEGER NOT NULL CHECK (workers >= 0),
    at_work    INTEGER NOT NULL CHECK (at_work >= 0),
    started_at INTEGER NOT NULL,
    seen_at    INTEGER NOT NULL,
    drain      INTEGER NOT NULL DEFAULT 0 CHECK (drain IN (0, 1))
) STRICT, WITHOUT ROWID;
