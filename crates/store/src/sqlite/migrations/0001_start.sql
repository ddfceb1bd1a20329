-- Jobs. The JSON in `job` is the truth; every other column is written from it in one place (job/row.rs) and serves
-- an index or a constraint. Times are microseconds since 1970.
CREATE TABLE jobs (
    id               TEXT NOT NULL UNIQUE CHECK (length(id) = 26),
    portal           TEXT NOT NULL,
    account          TEXT NOT NULL,
    caller_id        TEXT NOT NULL,
    business_key     TEXT,
    idempotency_key  TEXT,
    created_at       INTEGER NOT NULL,
    status           TEXT NOT NULL CHECK (status IN (
                         'pending', 'processing', 'completed', 'completed_with_errors', 'failed_login_form',
                         'failed_post_submission', 'failed_validation', 'failed_duplicate', 'on_hold',
                         'needs_review', 'cancelled')),
    outcome          TEXT NOT NULL CHECK (outcome IN ('not_submitted', 'submitted', 'unknown')),
    attempts         INTEGER NOT NULL CHECK (attempts >= 0),
    fence            INTEGER NOT NULL CHECK (fence >= 0),
    due_at           INTEGER,
    finished_at      INTEGER,
    lease_owner      TEXT,
    lease_expires_at INTEGER,
    holds_key        INTEGER NOT NULL CHECK (holds_key IN (0, 1)),
    format           INTEGER NOT NULL,
    job              TEXT NOT NULL,

    -- Only what waits is due.
    CHECK (CASE status
        WHEN 'pending' THEN due_at IS NOT NULL
        WHEN 'failed_login_form' THEN (due_at IS NULL) = (finished_at IS NOT NULL)
        ELSE due_at IS NULL
    END),
    -- Only what ended has an end.
    CHECK (CASE
        WHEN status IN ('pending', 'processing', 'on_hold', 'needs_review') THEN finished_at IS NULL
        WHEN status = 'failed_login_form' THEN TRUE
        ELSE finished_at IS NOT NULL
    END),
    -- Only what is worked on has a lease, and a whole one.
    CHECK ((status = 'processing') = (lease_owner IS NOT NULL)),
    CHECK ((status = 'processing') = (lease_expires_at IS NOT NULL)),
    CHECK (status <> 'processing' OR (fence > 0 AND attempts > 0)),
    -- A status does not contradict what is known of the filing.
    CHECK (CASE status
        WHEN 'completed' THEN outcome = 'submitted'
        WHEN 'completed_with_errors' THEN outcome = 'submitted'
        WHEN 'failed_post_submission' THEN outcome IN ('submitted', 'not_submitted')
        WHEN 'needs_review' THEN outcome = 'unknown'
        WHEN 'processing' THEN TRUE
        ELSE outcome = 'not_submitted'
    END),
    -- A job keeps its keys from others while it is alive and for ever once it is filed.
    CHECK (holds_key = (finished_at IS NULL OR outcome = 'submitted'))
) STRICT;

CREATE UNIQUE INDEX jobs_idempotency_key ON jobs (idempotency_key) WHERE idempotency_key IS NOT NULL;
CREATE UNIQUE INDEX jobs_business_key ON jobs (portal, business_key)
    WHERE holds_key = 1 AND business_key IS NOT NULL;
CREATE UNIQUE INDEX jobs_live_caller_id ON jobs (portal, caller_id) WHERE holds_key = 1;

-- The queue reads only these, and they hold only the jobs that are alive: a million finished ones cost it nothing.
CREATE INDEX jobs_due_by_account ON jobs (portal, account, due_at, id) WHERE due_at IS NOT NULL;
CREATE INDEX jobs_due ON jobs (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX jobs_leased_by_account ON jobs (portal, account) WHERE lease_expires_at IS NOT NULL;
CREATE INDEX jobs_leased ON jobs (lease_expires_at) WHERE lease_expires_at IS NOT NULL;

CREATE INDEX jobs_by_caller_id ON jobs (caller_id, id);
CREATE INDEX jobs_by_status ON jobs (status, id);
CREATE INDEX jobs_by_portal ON jobs (portal, status, id);

-- What was filed stays filed, and a token never comes back, whoever writes.
CREATE TRIGGER jobs_filed_stays_filed BEFORE UPDATE OF outcome ON jobs
WHEN OLD.outcome = 'submitted' AND NEW.outcome <> 'submitted'
BEGIN
    SELECT RAISE(ABORT, 'a job that was filed stays filed');
END;
CREATE TRIGGER jobs_fence_only_rises BEFORE UPDATE OF fence ON jobs
WHEN NEW.fence < OLD.fence
BEGIN
    SELECT RAISE(ABORT, 'a fencing token only rises');
END;

-- Jobs by status, kept as they change: counting a million rows for a dashboard would take longer than it is looked at.
CREATE TABLE job_counts (
    portal  TEXT NOT NULL,
    status  TEXT NOT NULL,
    waiting INTEGER NOT NULL CHECK (waiting IN (0, 1)),
    jobs    INTEGER NOT NULL CHECK (jobs >= 0),
    PRIMARY KEY (portal, status, waiting)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER jobs_count_new AFTER INSERT ON jobs
BEGIN
    INSERT INTO job_counts (portal, status, waiting, jobs)
    VALUES (NEW.portal, NEW.status, NEW.due_at IS NOT NULL, 1)
    ON CONFLICT (portal, status, waiting) DO UPDATE SET jobs = jobs + 1;
END;
CREATE TRIGGER jobs_count_moved AFTER UPDATE OF status, due_at ON jobs
WHEN OLD.status <> NEW.status OR (OLD.due_at IS NULL) <> (NEW.due_at IS NULL)
BEGIN
    UPDATE job_counts SET jobs = jobs - 1
    WHERE portal = OLD.portal AND status = OLD.status AND waiting = (OLD.due_at IS NOT NULL);
    INSERT INTO job_counts (portal, status, waiting, jobs)
    VALUES (NEW.portal, NEW.status, NEW.due_at IS NOT NULL, 1)
    ON CONFLICT (portal, status, waiting) DO UPDATE SET jobs = jobs + 1;
END;

-- What happened. Never changed and never removed, so `seq` has no gap.
CREATE TABLE audit (
    seq         INTEGER PRIMARY KEY,
    at          INTEGER NOT NULL,
    job         TEXT NOT NULL REFERENCES jobs (id),
    event       TEXT NOT NULL,
    writer      TEXT NOT NULL,
    from_status TEXT,
    to_status   TEXT NOT NULL,
    stage       TEXT,
    attempt     INTEGER NOT NULL,
    failure     TEXT,
    format      INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_by_job ON audit (job, seq);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is not changed');
END;
CREATE TRIGGER audit_is_not_removed BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is not removed');
END;

-- The session of each account. The generation is the number of its successful logins.
CREATE TABLE sessions (
    portal     TEXT NOT NULL,
    account    TEXT NOT NULL,
    generation INTEGER NOT NULL CHECK (generation >= 0),
    state      TEXT NOT NULL,
    format     INTEGER NOT NULL,
    saved_at   INTEGER NOT NULL,
    PRIMARY KEY (portal, account)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER sessions_generation_only_rises BEFORE UPDATE ON sessions
WHEN NEW.generation < OLD.generation
BEGIN
    SELECT RAISE(ABORT, 'a generation only rises');
END;

-- Login tries. A refusal that a person forgave counts as a try and no longer as a refusal.
CREATE TABLE logins (
    ticket      INTEGER PRIMARY KEY AUTOINCREMENT,
    portal      TEXT NOT NULL,
    account     TEXT NOT NULL,
    at          INTEGER NOT NULL,
    credentials TEXT NOT NULL,
    result      TEXT CHECK (result IN (
                    'succeeded', 'captcha_wrong', 'bad_credentials', 'locked', 'human_needed', 'failed')),
    finished_at INTEGER,
    forgiven_at INTEGER,
    CHECK ((result IS NULL) = (finished_at IS NULL))
) STRICT;
CREATE INDEX logins_by_account ON logins (portal, account, at);

CREATE TABLE questions (
    id          TEXT NOT NULL UNIQUE,
    kind        TEXT NOT NULL,
    portal      TEXT NOT NULL,
    account     TEXT NOT NULL,
    picture     BLOB NOT NULL,
    asked_at    INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    answer      TEXT,
    answered_at INTEGER,
    CHECK ((answer IS NULL) = (answered_at IS NULL))
) STRICT;
CREATE INDEX questions_open ON questions (expires_at) WHERE answer IS NULL;
