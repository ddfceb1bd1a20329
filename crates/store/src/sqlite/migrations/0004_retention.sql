-- Ended jobs by the time of their end, as they are forgotten or removed one day.
ALTER TABLE jobs ADD COLUMN forgotten INTEGER NOT NULL DEFAULT 0 CHECK (forgotten IN (0, 1))
    CHECK (forgotten = 0 OR (finished_at IS NOT NULL AND outcome = 'submitted'));
CREATE INDEX jobs_to_forget ON jobs (finished_at, id)
    WHERE finished_at IS NOT NULL AND outcome = 'submitted' AND forgotten = 0;
CREATE INDEX jobs_to_remove ON jobs (finished_at, id) WHERE finished_at IS NOT NULL AND outcome = 'not_submitted';

-- What is alive, was filed or may have been is never removed, whoever writes.
CREATE TRIGGER jobs_only_ended_and_unfiled_are_removed BEFORE DELETE ON jobs
WHEN OLD.finished_at IS NULL OR OLD.outcome <> 'not_submitted'
BEGIN
    SELECT RAISE(ABORT, 'a job is removed only if it ended and was not filed');
END;
CREATE TRIGGER jobs_count_removed AFTER DELETE ON jobs
BEGIN
    UPDATE job_counts SET jobs = jobs - 1
    WHERE portal = OLD.portal AND status = OLD.status AND waiting = (OLD.due_at IS NOT NULL);
END;

-- The audit again: an entry goes with its job and in no other way, and its number never comes back.
DROP TRIGGER audit_is_not_changed;
DROP TRIGGER audit_is_not_removed;
DROP INDEX audit_by_job;
ALTER TABLE audit RENAME TO audit_before;
CREATE TABLE audit (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    at          INTEGER NOT NULL,
    job         TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    event       TEXT NOT NULL,
    writer      TEXT NOT NULL,
    from_status TEXT,
    to_status   TEXT NOT NULL,
    stage       TEXT,
    attempt     INTEGER NOT NULL,
    failure     TEXT,
    format      INTEGER NOT NULL
) STRICT;
INSERT INTO audit (seq, at, job, event, writer, from_status, to_status, stage, attempt, failure, format)
    SELECT seq, at, job, event, writer, from_status, to_status, stage, attempt, failure, format FROM audit_before;
DROP TABLE audit_before;
CREATE INDEX audit_by_job ON audit (job, seq);
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is not changed');
END;
CREATE TRIGGER audit_goes_with_its_job BEFORE DELETE ON audit
WHEN EXISTS (SELECT 1 FROM jobs WHERE id = OLD.job)
BEGIN
    SELECT RAISE(ABORT, 'the audit is not removed');
END;
