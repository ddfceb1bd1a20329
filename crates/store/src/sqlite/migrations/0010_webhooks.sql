-- Addresses of the business that are told what becomes of jobs: up to which entry of the audit their messages are made, and
-- how they stand.
CREATE TABLE webhooks (
    name     TEXT NOT NULL PRIMARY KEY,
    place    INTEGER NOT NULL CHECK (place >= 0),
    revision INTEGER NOT NULL CHECK (revision > 0),
    state    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER webhooks_place_only_rises BEFORE UPDATE ON webhooks
WHEN NEW.place < OLD.place
BEGIN
    SELECT RAISE(ABORT, 'the place of a webhook only rises');
END;

-- Their messages. What is sent stays as it was made, so that every try says the same.
CREATE TABLE deliveries (
    webhook  TEXT NOT NULL,
    id       TEXT NOT NULL,
    kind     TEXT NOT NULL,
    job      TEXT,
    body     TEXT NOT NULL,
    made_at  INTEGER NOT NULL,
    revision INTEGER NOT NULL CHECK (revision > 0),
    status   TEXT NOT NULL CHECK (status IN ('pending', 'delivered', 'failed')),
    next_at  INTEGER,
    ended_at INTEGER,
    format   INTEGER NOT NULL,
    state    TEXT NOT NULL,
    tries    TEXT NOT NULL,
    PRIMARY KEY (webhook, id),
    CHECK ((status = 'pending') = (next_at IS NOT NULL)),
    CHECK ((status = 'pending') = (ended_at IS NULL))
) STRICT;
CREATE INDEX deliveries_due ON deliveries (webhook, next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX deliveries_by_age ON deliveries (webhook, made_at, id);
CREATE INDEX deliveries_by_job ON deliveries (webhook, job, made_at, id) WHERE job IS NOT NULL;
CREATE INDEX deliveries_by_status ON deliveries (webhook, status, made_at, id, ended_at);
CREATE INDEX deliveries_ended ON deliveries (status, ended_at) WHERE ended_at IS NOT NULL;
CREATE INDEX deliveries_made ON deliveries (made_at);
CREATE TRIGGER deliveries_say_the_same BEFORE UPDATE ON deliveries
WHEN NEW.body <> OLD.body OR NEW.kind <> OLD.kind OR NEW.revision <> OLD.revision + 1
BEGIN
    SELECT RAISE(ABORT, 'a message stays as it was made');
END;
