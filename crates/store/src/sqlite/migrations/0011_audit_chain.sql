-- The chain over the audit. What an entry says may go with its job; its number, the hash of it and the link stay.
CREATE TABLE audit_chain (
    seq    INTEGER PRIMARY KEY,
    digest BLOB NOT NULL CHECK (length(digest) = 32),
    link   BLOB NOT NULL CHECK (length(link) = 32)
) STRICT;
CREATE TRIGGER audit_chain_only_grows BEFORE INSERT ON audit_chain
WHEN NEW.seq <= (SELECT max(seq) FROM audit_chain)
BEGIN
    SELECT RAISE(ABORT, 'the chain of the audit only grows');
END;
CREATE TRIGGER audit_chain_is_not_changed BEFORE UPDATE ON audit_chain
BEGIN
    SELECT RAISE(ABORT, 'the chain of the audit is not changed');
END;
CREATE TRIGGER audit_chain_is_not_removed BEFORE DELETE ON audit_chain
BEGIN
    SELECT RAISE(ABORT, 'the chain of the audit is not removed');
END;

-- What was done that is no change of a job. Never changed and never removed.
CREATE TABLE audit_acts (
    seq    INTEGER PRIMARY KEY,
    at     INTEGER NOT NULL,
    writer TEXT NOT NULL,
    deed   TEXT NOT NULL,
    about  TEXT NOT NULL,
    detail TEXT,
    salt   BLOB NOT NULL CHECK (length(salt) = 16),
    format INTEGER NOT NULL
) STRICT;
CREATE TRIGGER audit_acts_are_not_changed BEFORE UPDATE ON audit_acts
BEGIN
    SELECT RAISE(ABORT, 'the audit is not changed');
END;
CREATE TRIGGER audit_acts_are_not_removed BEFORE DELETE ON audit_acts
BEGIN
    SELECT RAISE(ABORT, 'the audit is not removed');
END;

-- What an entry is hashed with. It goes with what it says, which nobody can find out by guessing then.
DROP TRIGGER audit_is_not_changed;
ALTER TABLE audit ADD COLUMN salt BLOB;
UPDATE audit SET salt = randomblob(16);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is not changed');
END;
