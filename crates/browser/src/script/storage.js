// The storage of this document's origin.

// Key by key: a key that is also the name of a method is none of the object's own.
F.entriesOf = (storage) => {
  const keys = Array.from({ length: storage.length }, (_none, index) => storage.key(index));
  return keys.map((key) => [key, storage.getItem(key)]);
};

F.storageRead = (local, session) => ({
  local: local ? F.entriesOf(localStorage) : [],
  session: session ? F.entriesOf(sessionStorage) : [],
});

F.storageWrite = (local, session) => {
  for (const [key, value] of local) localStorage.setItem(key, value);
  for (const [key, value] of session) sessionStorage.setItem(key, value);
};
