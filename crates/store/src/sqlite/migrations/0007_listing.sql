-- Jobs by portal, account and status, kept as they change: as before, and by account too.
DROP TRIGGER jobs_count_new;
DROP TRIGGER jobs_count_moved;
DROP TRIGGER jobs_count_removed;
DROP TABLE job_counts;
CREATE TABLE job_counts (
    portal  TEXT NOT NULL,
    account TEXT NOT NULL,
    status  TEXT NOT NULL,
    waiting INTEGER NOT NULL CHECK (waiting IN (0, 1)),
    jobs    INTEGER NOT NULL CHECK (jobs >= 0),
    PRIMARY KEY (portal, account, status, waiting)
) STRICT, WITHOUT ROWID;
INSERT INTO job_counts (portal, account, status, waiting, jobs)
    SELECT portal, account, status, due_at IS NOT NULL, count(*) FROM jobs GROUP BY 1, 2, 3, 4;

CREATE TRIGGER jobs_count_new AFTER INSERT ON jobs
BEGIN
    INSERT INTO job_counts (portal, account, status, waiting, jobs)
    VALUES (NEW.portal, NEW.account, NEW.status, NEW.due_at IS NOT NULL, 1)
    ON CONFLICT (portal, account, status, waiting) DO UPDATE SET jobs = jobs + 1;
END;
CREATE TRIGGER jobs_count_moved AFTER UPDATE OF status, due_at ON jobs
WHEN OLD.status <> NEW.status OR (OLD.due_at IS NULL) <> (NEW.due_at IS NULL)
BEGIN
    UPDATE job_counts SET jobs = jobs - 1
    WHERE portal = OLD.portal AND account = OLD.account AND status = OLD.status
        AND waiting = (OLD.due_at IS NOT NULL);
    INSERT INTO job_counts (portal, account, status, waiting, jobs)
    VALUES (NEW.portal, NEW.account, NEW.status, NEW.due_at IS NOT NULL, 1)
    ON CONFLICT (portal, account, status, waiting) DO UPDATE SET jobs = jobs + 1;
END;
CREATE TRIGGER jobs_count_removed AFTER DELETE ON jobs
BEGIN
    UPDATE job_counts SET jobs = jobs - 1
    WHERE portal = OLD.portal AND account = OLD.account AND status = OLD.status
        AND waiting = (OLD.due_at IS NOT NULL);
END;

-- Jobs by the hour of their end. One that is removed still counts: what the portal did that hour has not changed.
CREATE TABLE job_outcomes (
    hour   INTEGER NOT NULL CHECK (hour % 3600000000 = 0),
    portal TEXT NOT NULL,
    status TEXT NOT NULL,
    jobs   INTEGER NOT NULL CHECK (jobs >= 0),
    PRIMARY KEY (hour, portal, status)
) STRICT, WITHOUT ROWID;
INSERT INTO job_outcomes (hour, portal, status, jobs)
    SELECT finished_at / 3600000000 * 3600000000, portal, status, count(*) FROM jobs
    WHERE finished_at IS NOT NULL GROUP BY 1, 2, 3;
CREATE TRIGGER jobs_end_when_new AFTER INSERT ON jobs WHEN NEW.finished_at IS NOT NULL
BEGIN
    INSERT INTO job_outcomes (hour, portal, status, jobs)
    VALUES (NEW.finished_at / 3600000000 * 3600000000, NEW.portal, NEW.status, 1)
    ON CONFLICT (hour, portal, status) DO UPDATE SET jobs = jobs + 1;
END;
CREATE TRIGGER jobs_end_no_more AFTER UPDATE OF finished_at, status ON jobs
WHEN OLD.finished_at IS NOT NULL AND (NEW.finished_at IS NOT OLD.finished_at OR NEW.status <> OLD.status)
BEGIN
    UPDATE job_outcomes SET jobs = jobs - 1
    WHERE hour = OLD.finished_at / 3600000000 * 3600000000 AND portal = OLD.portal AND status = OLD.status;
END;
CREATE TRIGGER jobs_end AFTER UPDATE OF finished_at, status ON jobs
WHEN NEW.finished_at IS NOT NULL AND (NEW.finished_at IS NOT OLD.finished_at OR NEW.status <> OLD.status)
BEGIN
    INSERT INTO job_outcomes (hour, portal, status, jobs)
    VALUES (NEW.finished_at / 3600000000 * 3600000000, NEW.portal, NEW.status, 1)
    ON CONFLICT (hour, portal, status) DO UPDATE SET jobs = jobs + 1;
END;

-- In this order, so that it is never taken for the jobs of an account that are at work, which have an index of their own.
CREATE INDEX jobs_by_account ON jobs (account, status, portal, id);
CREATE INDEX jobs_by_business_key ON jobs (business_key, id) WHERE business_key IS NOT NULL;

-- The words that each job is found by (job/text/), in the order in which jobs came. `number` is its own, for row numbers
-- change when the file is made smaller.
CREATE TABLE job_texts (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    job    TEXT NOT NULL UNIQUE,
    words  TEXT NOT NULL,
    -- Whether the index below has other words of it, or none. They are put into it many at once, as one at a time costs a
    -- hundred times as much; so a search reads those that are not in it beside.
    dirty  INTEGER NOT NULL CHECK (dirty IN (0, 1)),
    -- The words that the index has.
    was    TEXT CHECK (was IS NULL OR dirty = 1)
) STRICT;
CREATE INDEX job_texts_dirty ON job_texts (number) WHERE dirty = 1;
CREATE INDEX job_texts_gone ON job_texts (number) WHERE words = '';
-- An index and nothing else: every beginning of a word up to twelve letters is found as fast as a whole word.
CREATE VIRTUAL TABLE job_search USING fts5 (
    words, content = '', tokenize = 'ascii', detail = none, columnsize = 0, prefix = '1 2 3 4 5 6 7 8 9 10 11 12'
);
-- What is taken out leaves no trace in its pages.
INSERT INTO job_search (job_search, rank) VALUES ('secure-delete', 1);
CREATE TRIGGER jobs_are_not_found_once_removed AFTER DELETE ON jobs
BEGIN
    UPDATE job_texts SET was = CASE WHEN dirty THEN was ELSE words END, words = '', dirty = 1 WHERE job = OLD.id;
END;
