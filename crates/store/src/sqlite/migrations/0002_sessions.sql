-- What happened to the session of each account. `detail` is the truth; `event` is its name in it and serves an index.
-- `number` counts the events of one account, so that the oldest can be removed without counting the others.
CREATE TABLE session_events (
    seq        INTEGER PRIMARY KEY,
    at         INTEGER NOT NULL,
    portal     TEXT NOT NULL,
    account    TEXT NOT NULL,
    number     INTEGER NOT NULL CHECK (number > 0),
    generation INTEGER NOT NULL CHECK (generation >= 0),
    event      TEXT NOT NULL,
    detail     TEXT NOT NULL CHECK (detail ->> 'event' = event),
    format     INTEGER NOT NULL
) STRICT;
CREATE INDEX session_events_by_account ON session_events (portal, account, seq);
CREATE INDEX session_events_by_event ON session_events (event, seq);
CREATE TRIGGER session_events_are_not_changed BEFORE UPDATE ON session_events
BEGIN
    SELECT RAISE(ABORT, 'what happened to a session is not changed');
END;

-- What a person wants of an account's session and nobody has taken up yet.
CREATE TABLE session_wishes (
    portal    TEXT NOT NULL,
    account   TEXT NOT NULL,
    wish      TEXT NOT NULL CHECK (wish IN ('recover', 'log_in', 'log_out')),
    wished_at INTEGER NOT NULL,
    PRIMARY KEY (portal, account)
) STRICT, WITHOUT ROWID;

-- When the newest job of each account was claimed: its pace over all servers.
CREATE TABLE account_starts (
    portal     TEXT NOT NULL,
    account    TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    PRIMARY KEY (portal, account)
) STRICT, WITHOUT ROWID;
