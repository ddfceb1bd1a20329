-- When the portal is searched for a job of unknown outcome. Those that nobody searches for cost the queue nothing.
ALTER TABLE jobs ADD COLUMN search_at INTEGER CHECK (search_at IS NULL OR status = 'needs_review');
CREATE INDEX jobs_to_search ON jobs (portal, search_at) WHERE search_at IS NOT NULL;
