//! The databases of a session go with a storage state: what they hold, and how they are built.

use formhand_browser::{
    Browser, BrowserError, Context, ContextOptions, Kind, StorageParts, StorageState,
};

use crate::support::{Site, launch, shell, soon};

const EVERYTHING: StorageParts = StorageParts {
    cookies: true,
    local_storage: true,
    session_storage: true,
    indexed_db: true,
};

/// What the pages here share: `done` tells the site, and so the test, how it went.
const TOOLS: &str = "
    const done = (text) => fetch('/done', { method: 'POST', body: String(text) });
    onunhandledrejection = (event) => done('failed: ' + event.reason);
    const asked = (request) => new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const make = (name, version, upgrade) => {
      const request = indexedDB.open(name, version);
      request.onupgradeneeded = () => upgrade(request.result, request.transaction);
      request.onblocked = () => done('blocked');
      return asked(request);
    };
    const finished = (transaction) => new Promise((resolve) => { transaction.oncomplete = resolve; });";

fn page(script: &str) -> String {
    format!(
        "<!doctype html><meta charset=utf-8><script>{TOOLS}\n(async () => {{ {script} }})();</script>"
    )
}

async fn context(browser: &Browser, site: &Site, storage: Option<StorageState>) -> Context {
    let options = ContextOptions {
        storage,
        origins: vec![site.origin()],
        ..ContextOptions::default()
    };
    browser.context(options).await.expect("a context opens")
}

/// Opens a page and returns what its script says.
async fn said(context: &Context, site: &Site, path: &str) -> String {
    let before = site.hits("/done").len();
    let page = context.page().await.expect("a page opens");
    page.goto(&site.url(path), soon()).await.expect("it loads");
    site.arrived("/done", before + 1).await;
    String::from_utf8(site.hits("/done").remove(before).body).expect("text")
}

async fn taken(context: &Context, site: &Site) -> StorageState {
    let state = context
        .storage_state_with(&[site.origin()], EVERYTHING)
        .await;
    let state = state.expect("it is read");
    // On its way through a store.
    serde_json::from_str(&serde_json::to_string(&state).expect("it is written")).expect("read")
}

#[tokio::test]
async fn a_login_that_a_database_carries_survives_a_clone() {
    for kind in [Kind::Chromium, Kind::HeadlessShell] {
        let site = Site::start().await;
        site.page(
            "/login",
            &page(
                "const auth = await make('auth', 3, (db) => db.createObjectStore('tokens'));
                 const writing = auth.transaction('tokens', 'readwrite');
                 writing.objectStore('tokens').put({ token: 't-\"1\"</script>' }, 'present');
                 await finished(writing); done('in');"
                    .replace("</script>", "<\\/script>")
                    .as_str(),
            ),
        );
        // As a portal of its kind does: the first script of the page looks for the token.
        site.page(
            "/home",
            &page(
                "if (!(await indexedDB.databases()).length) return done('logged out');
                 const auth = await make('auth', 3, () => {});
                 const held = await asked(auth.transaction('tokens').objectStore('tokens').get('present'));
                 done('logged in with ' + held.token);",
            ),
        );
        let browser = launch(kind).start().await.expect("it starts");
        let first = context(&browser, &site, None).await;
        assert_eq!(said(&first, &site, "/login").await, "in");
        let state = taken(&first, &site).await;
        let without = first.storage_state(&[site.origin()]).await;
        let without = without.expect("it is read");
        assert_eq!(
            format!("{:?}", state.origins[0].indexed_db),
            "[Database(1 stores, 1 records)]",
            "nothing of what they hold is shown"
        );
        first.close().await.expect("it closes");

        let clone = context(&browser, &site, Some(state)).await;
        for _ in 0..2 {
            let home = said(&clone, &site, "/home").await;
            assert_eq!(home, "logged in with t-\"1\"</script>", "{kind:?}");
        }
        let other = context(&browser, &site, Some(without)).await;
        assert_eq!(said(&other, &site, "/home").await, "logged out");
        assert_eq!(
            site.hits("/.formhand-blank").len(),
            0,
            "no server sees how it is done"
        );
        browser.close().await;
    }
}

/// Says of a value all that makes it what it is.
const DESCRIBE: &str = "
    const kind = (value) => Object.prototype.toString.call(value).slice(8, -1);
    const describe = async (value, met = []) => {
      if (Object.is(value, -0)) return '-0';
      if (typeof value === 'string') return JSON.stringify(value);
      if (value === null || typeof value !== 'object') return typeof value + ' ' + String(value);
      if (met.includes(value)) return 'again ' + met.indexOf(value);
      met.push(value);
      const parts = [];
      if (value instanceof Blob) {
        parts.push(value.type, value.name, value.lastModified * !!value.name, await value.text());
      } else if (ArrayBuffer.isView(value)) {
        parts.push(value.byteOffset, value.byteLength, await describe(value.buffer, met));
      } else if (value instanceof ArrayBuffer) parts.push(new Uint8Array(value).join(' '));
      else if (value instanceof Date) parts.push(value.getTime());
      else if (value instanceof RegExp) parts.push(String(value));
      else if (value instanceof Error) parts.push(value.name, value.message, value.stack, await describe(value.cause, met));
      else if (value instanceof Map || value instanceof Set) {
        for (const one of value) parts.push(await describe(one, met));
      } else if (typeof value.valueOf() !== 'object') parts.push(await describe(value.valueOf()));
      if (Array.isArray(value)) parts.push('length ' + value.length);
      if (!ArrayBuffer.isView(value)) {
        for (const [key, held] of Object.entries(value)) parts.push(JSON.stringify(key) + ': ' + await describe(held, met));
      }
      return kind(value) + '(' + parts.join(', ') + ')';
    };
    const all = async () => {
      const told = [];
      for (const { name, version } of await indexedDB.databases()) {
        const db = await make(name, version, () => {});
        for (const store of db.objectStoreNames) {
          const open = db.transaction(store).objectStore(store);
          told.push([name, version, store, JSON.stringify(open.keyPath), open.autoIncrement].join(' '));
          for (const index of open.indexNames) {
            const { keyPath, unique, multiEntry } = open.index(index);
            told.push(['index', index, JSON.stringify(keyPath), unique, multiEntry].join(' '));
          }
          const keys = asked(open.getAllKeys());
          const values = await asked(open.getAll());
          for (const [at, key] of (await keys).entries()) {
            told.push(await describe(key) + ' => ' + await describe(values[at]));
          }
        }
        db.close();
      }
      return told.join('\\n');
    };";

const VALUES: &str = "
    const loop = { name: 'loop', list: [] };
    loop.self = loop; loop.list.push(loop, loop.list);
    const twice = { shared: new Uint8Array([1, 2, 3, 4, 5, 6, 7, 8]).buffer };
    twice.view = new Uint16Array(twice.shared, 2, 2); twice.other = new DataView(twice.shared, 1, 3);
    const holes = [1, , 3]; holes.length = 6; holes.extra = 'x';
    const odd = JSON.parse('{\"__proto__\": {\"a\": 1}, \"constructor\": 2, \"length\": 3, \"\": 4}');
    let deep = 'bottom';
    for (let level = 0; level < 300; level++) deep = { deep };
    const values = [
      undefined, null, true, 0, -0, NaN, Infinity, -Infinity, 1.5e300, 9007199254740993, 0.1, 10n ** 30n, -1n,
      '', 'text', 'a\\ud800b', '\\u0000', '☂ [\"undefined\"]', ['undefined'], [['same', 0]], { '\\udc00': 1 },
      new Date(0), new Date(NaN), new Date(-1), /a\\/b\"/giu, new Boolean(false), new Number(-0), new String('s'), Object(5n),
      new Map([[{ a: 1 }, new Map()], ['k', undefined], [NaN, new Set([1, 'b', new Date(5)])]]), new Set(), [], {}, [[]],
      new TypeError('wrong', { cause: new Error('why') }), new RangeError(''),
      new Blob(['é', new Uint8Array([0, 1])], { type: 'text/x' }), new Blob([]),
      new File(['content'], 'a \"b\".txt', { type: 'text/plain', lastModified: 12345 }), [new Blob(['one']), new Blob(['two'])],
      new ArrayBuffer(0), new Float32Array([1.5, -0, NaN]), new BigInt64Array([1n, -1n]), new Uint8ClampedArray(3),
      new Int8Array([-1]), new Uint32Array([4294967295]), new Float64Array([1e-300]),
      loop, twice, holes, odd, deep, { nested: [{ map: new Map([['x', { y: [1n, new Date(7)] }]]) }] },
    ];";

#[tokio::test]
async fn values_of_every_kind_come_out_of_a_clone_as_they_went_in() {
    let (browser, site) = (shell().await, Site::start().await);
    let write = format!(
        "{DESCRIBE} {VALUES}
         const db = await make('values', 1, (db) => db.createObjectStore('values', {{ autoIncrement: true }}));
         const writing = db.transaction('values', 'readwrite');
         for (const value of values) writing.objectStore('values').add(value);
         await finished(writing); db.close(); done(await all());"
    );
    site.page("/write", &page(&write));
    site.page("/read", &page(&format!("{DESCRIBE} done(await all());")));
    let first = context(&browser, &site, None).await;
    let written = said(&first, &site, "/write").await;
    assert!(
        written.lines().count() > 50 && written.contains("=> -0"),
        "{written}"
    );
    let state = taken(&first, &site).await;
    let clone = context(&browser, &site, Some(state.clone())).await;
    let read = said(&clone, &site, "/read").await;
    for (before, after) in written.lines().zip(read.lines()) {
        assert_eq!(after, before);
    }
    assert_eq!(read, written);
    assert!(taken(&clone, &site).await == state, "a clone of the clone");
    browser.close().await;
}

#[tokio::test]
async fn stores_keys_and_indexes_are_built_as_they_were() {
    let (browser, site) = (shell().await, Site::start().await);
    let write = format!(
        "{DESCRIBE}
         const db = await make('schema \"é\"', 7, (db) => {{
           const out = db.createObjectStore('by hand');
           const keys = [1, -0.5, Infinity, -Infinity, new Date(9), '', 'k\\ud800', new Uint8Array([1, 2]), [1, ['a', new Date(0)]], []];
           for (const key of keys) out.put({{ key: String(key) }}, key);
           const people = db.createObjectStore('people', {{ keyPath: ['id', 'name.last'] }});
           people.createIndex('mail', 'mail', {{ unique: true }});
           people.createIndex('tags', 'tags', {{ multiEntry: true }});
           people.createIndex('both', ['id', 'mail']);
           people.put({{ id: 1, name: {{ last: 'A' }}, mail: 'a@example.invalid', tags: ['x', 'y'] }});
           people.put({{ id: 1, name: {{ last: 'B' }}, tags: [] }});
           const numbered = db.createObjectStore('numbered', {{ keyPath: 'id', autoIncrement: true }});
           numbered.add({{ a: 1 }}); numbered.add({{ a: 2 }}); numbered.add({{ id: 40, a: 3 }});
           db.createObjectStore('whole', {{ keyPath: '' }}).put('itself');
           db.createObjectStore('empty').createIndex('none', '');
         }});
         db.close();
         (await make('nothing', 1, () => {{}})).close();
         done(await all());"
    );
    site.page("/write", &page(&write));
    site.page("/read", &page(&format!("{DESCRIBE} done(await all());")));
    site.page(
        "/use",
        &page(
            "const db = await make('schema \"é\"', 7, () => {});
             const open = db.transaction(['people', 'numbered'], 'readwrite');
             const next = await asked(open.objectStore('numbered').add({ a: 4 }));
             const tagged = await asked(open.objectStore('people').index('tags').getAll('y'));
             const people = open.objectStore('people');
             const twice = people.add({ id: 9, name: { last: 'C' }, mail: 'a@example.invalid' });
             const refused = await asked(twice).catch((error) => error.name);
             done([next, tagged.length, tagged[0].mail, refused].join(' '));",
        ),
    );
    let first = context(&browser, &site, None).await;
    let written = said(&first, &site, "/write").await;
    assert!(written.lines().count() > 20, "{written}");
    let state = taken(&first, &site).await;
    let clone = context(&browser, &site, Some(state)).await;
    assert_eq!(said(&clone, &site, "/read").await, written);
    assert_eq!(
        said(&clone, &site, "/use").await,
        "41 1 a@example.invalid ConstraintError"
    );
    browser.close().await;
}

#[tokio::test]
async fn what_cannot_be_copied_is_named_with_its_database_and_without_its_content() {
    let (browser, site) = (shell().await, Site::start().await);
    site.page(
        "/key",
        &page(
            "const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 128 }, false, ['encrypt']);
             const db = await make('device', 1, (db) => db.createObjectStore('keys'));
             const writing = db.transaction('keys', 'readwrite');
             writing.objectStore('keys').put({ owner: 'Asha Rao', held: [key] }, 'k');
             await finished(writing); done('kept');",
        ),
    );
    let kept = context(&browser, &site, None).await;
    assert_eq!(said(&kept, &site, "/key").await, "kept");
    let error = kept.storage_state_with(&[site.origin()], EVERYTHING).await;
    let error = error.expect_err("a key does not leave the browser");
    let text = error.to_string();
    assert!(
        matches!(error, BrowserError::Uncopiable { .. })
            && text.contains("\"device\"")
            && text.contains("CryptoKey")
            && !text.contains("Asha"),
        "{text}"
    );
    kept.storage_state(&[site.origin()])
        .await
        .expect("the databases are only taken when asked for");
    browser.close().await;
}

#[tokio::test]
async fn more_than_a_login_can_need_is_refused() {
    let (browser, site) = (shell().await, Site::start().await);
    for (path, value) in [
        ("/text", "'x'.repeat(9 << 20)"),
        ("/blob", "new Blob([new Uint8Array(7 << 20)])"),
    ] {
        site.page(
            path,
            &page(&format!(
                "const db = await make('cache', 1, (db) => db.createObjectStore('pictures'));
                 const writing = db.transaction('pictures', 'readwrite');
                 writing.objectStore('pictures').put({value}, 1);
                 await finished(writing); done('kept');"
            )),
        );
        let big = context(&browser, &site, None).await;
        assert_eq!(said(&big, &site, path).await, "kept");
        let error = big.storage_state_with(&[site.origin()], EVERYTHING).await;
        let text = error.expect_err("it is too big").to_string();
        assert!(
            text.contains("\"cache\"") && text.contains("8388608 bytes"),
            "{text}"
        );
    }
    browser.close().await;
}

#[tokio::test]
async fn a_page_can_change_its_databases_at_once_after_they_were_read() {
    let (browser, site) = (shell().await, Site::start().await);
    site.page(
        "/old",
        &page("(await make('db', 1, (db) => db.createObjectStore('a'))).close(); done('old');"),
    );
    // `done('blocked')` if a connection of ours is still there.
    site.page(
        "/new",
        &page("await make('db', 2, (db) => db.createObjectStore('b')); done('new');"),
    );
    let first = context(&browser, &site, None).await;
    assert_eq!(said(&first, &site, "/old").await, "old");
    taken(&first, &site).await;
    assert_eq!(said(&first, &site, "/new").await, "new");
    let state = taken(&first, &site).await;
    assert_eq!(state.origins[0].indexed_db[0].version, 2);
    assert_eq!(state.origins[0].indexed_db[0].stores.len(), 2);
    browser.close().await;
}

#[tokio::test]
async fn two_pages_that_open_at_once_both_find_the_databases() {
    let browser = launch(Kind::HeadlessShell)
        .start()
        .await
        .expect("it starts");
    let site = Site::start().await;
    site.page(
        "/write",
        &page(
            "const db = await make('db', 1, (db) => db.createObjectStore('s'));
             const writing = db.transaction('s', 'readwrite');
             for (let at = 0; at < 500; at++) writing.objectStore('s').put('x'.repeat(1000), at);
             await finished(writing); done('kept');",
        ),
    );
    site.page(
        "/count",
        &page(
            "const db = await make('db', 1, () => {});
             done(await asked(db.transaction('s').objectStore('s').count()));",
        ),
    );
    let first = context(&browser, &site, None).await;
    assert_eq!(said(&first, &site, "/write").await, "kept");
    let clone = context(&browser, &site, Some(taken(&first, &site).await)).await;
    let open = async || {
        let page = clone.page().await.expect("a page opens");
        page.goto(&site.url("/count"), soon()).await.expect("loads");
    };
    tokio::join!(open(), open());
    site.arrived("/done", 3).await;
    for hit in &site.hits("/done")[1..] {
        assert_eq!(hit.body, b"500");
    }
    browser.close().await;
}

#[tokio::test]
async fn a_key_of_local_storage_may_be_called_like_a_method() {
    let (browser, site) = (shell().await, Site::start().await);
    site.page(
        "/write",
        &page("for (const key of ['getItem', 'length', 'a']) localStorage.setItem(key, key); done('kept');"),
    );
    site.page(
        "/read",
        &page(
            "const get = (key) => Storage.prototype.getItem.call(localStorage, key);
               done([get('getItem'), get('length'), get('a')].join(' '));",
        ),
    );
    let first = context(&browser, &site, None).await;
    assert_eq!(said(&first, &site, "/write").await, "kept");
    let clone = context(&browser, &site, Some(taken(&first, &site).await)).await;
    assert_eq!(said(&clone, &site, "/read").await, "getItem length a");
    browser.close().await;
}
