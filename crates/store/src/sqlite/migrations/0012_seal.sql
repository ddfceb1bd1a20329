-- With which key the store is sealed, if it is; one row then. What is in it can be used with that key alone.
CREATE TABLE seal (
    one    INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    store  TEXT NOT NULL,
    key_id TEXT NOT NULL,
    blind  TEXT NOT NULL,
    -- Whether what was there before in clear is gone from the file too.
    swept  INTEGER NOT NULL CHECK (swept IN (0, 1))
) STRICT;
CREATE TRIGGER a_sealed_store_stays_sealed BEFORE DELETE ON seal
BEGIN
    SELECT RAISE(ABORT, 'a sealed store stays sealed');
END;

-- The key of the call that handed a job in, sealed: `idempotency_key` is its hash then.
ALTER TABLE jobs ADD COLUMN idempotency_sealed TEXT CHECK (idempotency_sealed IS NULL OR idempotency_key IS NOT NULL);
