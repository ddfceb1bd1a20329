-- What else the audit says of a change, in words: of a take-over by a person, for instance.
ALTER TABLE audit ADD COLUMN note TEXT;
