// The databases of this document's origin (IndexedDB), read as data and made again from it.

F.requested = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

F.opened = (name, version, upgrade) => {
  const request = version === undefined ? indexedDB.open(name) : indexedDB.open(name, version);
  request.onupgradeneeded = upgrade;
  return F.requested(request).then((database) => {
    // The page's own upgrades and deletions never wait for us.
    database.onversionchange = () => database.close();
    return database;
  });
};

// Work with one database, which is closed after it; what goes wrong says which database it was. A page can keep a
// database from being opened for as long as it likes: it is closed whenever it comes.
F.withDatabase = async (name, left, opening, work) => {
  let timer;
  const late = new Promise((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('the time for it is over')), left);
  });
  try {
    const used = opening.then(async (database) => {
      try {
        return await work(database);
      } finally {
        database.close();
      }
    });
    return await Promise.race([used, late]);
  } catch (error) {
    throw new F.DatabaseFailed(name, error);
  } finally {
    clearTimeout(timer);
  }
};

F.DatabaseFailed = class extends Error {
  constructor(name, error) {
    const deep = error instanceof RangeError ? 'a value that is nested too deeply' : undefined;
    const held = error instanceof F.NotCopied ? error.message : deep;
    super(`the database "${name.toWellFormed()}" ${held ? `holds ${held}, which cannot be copied` : `failed: ${error.message}`}`);
    this.uncopiable = Boolean(held);
  }
};

// Counts what is read, so that a database that is too big is not read to its end.
F.room = (limit, before) => {
  let used = before;
  return {
    take: (size) => {
      used += size;
      if (used > limit) throw new F.NotCopied(`too much (the limit is ${limit} bytes for all databases together)`);
    },
    used: () => used,
  };
};

F.well = (name) => {
  if (!name.isWellFormed()) throw new F.NotCopied('a name that is no text');
  return name;
};

F.keyPath = (path) => {
  if (path === null) return null;
  return typeof path === 'string' ? { one: F.well(path) } : { several: [...path].map(F.well) };
};

F.path = (coded) => coded?.one ?? coded?.several ?? null;

F.recordOf = (cursor, room, pending) => {
  const blobs = [];
  const blob = (content) => {
    room.take(Math.ceil(content.size / 3) * 4);
    const at = blobs.push('') - 1;
    // Read later: a transaction ends when something else than its own requests is waited for.
    pending.push(async () => { blobs[at] = new Uint8Array(await content.arrayBuffer()).toBase64(); });
    return at;
  };
  const key = JSON.stringify(F.encode(cursor.primaryKey));
  const value = JSON.stringify(F.encode(cursor.value, blob));
  room.take(key.length + value.length);
  return { key, value, blobs };
};

F.storeRead = async (store, room, pending) => {
  const records = [];
  const request = store.openCursor();
  for (let cursor = await F.requested(request); cursor; cursor = await F.requested(request)) {
    records.push(F.recordOf(cursor, room, pending));
    cursor.continue();
  }
  const indexes = [...store.indexNames].map((name) => {
    const { keyPath, unique, multiEntry } = store.index(name);
    return { name: F.well(name), key_path: F.keyPath(keyPath), unique, multi_entry: multiEntry };
  });
  const { name, keyPath, autoIncrement } = store;
  return { name: F.well(name), key_path: F.keyPath(keyPath), auto_increment: autoIncrement, indexes, records };
};

F.databaseRead = async (database, room) => {
  const stores = [];
  const pending = [];
  const names = [...database.objectStoreNames];
  if (names.length > 0) {
    const transaction = database.transaction(names, 'readonly');
    for (const name of names) stores.push(await F.storeRead(transaction.objectStore(name), room, pending));
  }
  for (const read of pending) await read();
  return { name: F.well(database.name), version: database.version, stores };
};

F.databasesRead = async (limit, before, left) => {
  const end = Date.now() + left;
  const room = F.room(limit, before);
  const databases = [];
  try {
    for (const { name } of await indexedDB.databases()) {
      let deleted = false;
      // One that was deleted meanwhile must not be made again by opening it.
      const opening = F.opened(name, undefined, (event) => {
        deleted = true;
        event.target.transaction.abort();
      });
      const reading = F.withDatabase(name, end - Date.now(), opening, (database) => F.databaseRead(database, room));
      const read = await reading.catch((error) => {
        if (!deleted) throw error;
      });
      if (read) databases.push(read);
    }
    return { read: { databases, used_bytes: room.used() } };
  } catch (error) {
    return error.uncopiable ? { uncopiable: error.message } : { failed: error.message };
  }
};

F.databaseMake = (database, stores) => {
  for (const { name, key_path, auto_increment, indexes, records } of stores) {
    const store = database.createObjectStore(name, { keyPath: F.path(key_path), autoIncrement: auto_increment });
    for (const { name, key_path, unique, multi_entry } of indexes) {
      store.createIndex(name, F.path(key_path), { unique, multiEntry: multi_entry });
    }
    for (const { key, value, blobs } of records) {
      const held = F.decode(JSON.parse(value), blobs);
      if (key_path === null) store.add(held, F.decode(JSON.parse(key)));
      else store.add(held);
    }
  }
};

// All of a database is made in the transaction of its upgrade: it is there as a whole, or not at all.
F.databasesWrite = async (databases, left) => {
  const end = Date.now() + left;
  try {
    for (const { name, version, stores } of databases) {
      await F.withDatabase(name, end - Date.now(), F.databaseRemade(name, version, stores), () => {});
    }
    return {};
  } catch (error) {
    return { failed: error.message };
  }
};

F.databaseRemade = async (name, version, stores) => {
  await F.requested(indexedDB.deleteDatabase(name));
  let broken;
  const make = (event) => {
    try {
      F.databaseMake(event.target.result, stores);
    } catch (error) {
      broken = error;
      event.target.transaction.abort();
    }
  };
  return F.opened(name, version, make).catch((error) => { throw broken ?? error; });
};
