// A storage of the browser may carry the login beside the cookie. Then each page shows the token that lies there before it
// calls for anything, and, if the check is not delayed, before it shows itself.
(() => {
  const KEY = "imdToken";
  const STORE = "login";

  const inStorage = (name) => ({
    read: async () => window[name].getItem(KEY),
    write: async (token) => window[name].setItem(KEY, token),
  });

  function open() {
    return new Promise((done, failed) => {
      const opening = indexedDB.open("imd", 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
      opening.onsuccess = () => done(opening.result);
      opening.onerror = () => failed(opening.error);
    });
  }

  // The result of a request, once it is kept for good.
  async function inDatabase(mode, work) {
    const database = await open();
    try {
      return await new Promise((done, failed) => {
        const transaction = database.transaction(STORE, mode);
        const request = work(transaction.objectStore(STORE));
        transaction.oncomplete = () => done(request.result);
        transaction.onabort = () => failed(transaction.error);
      });
    } finally {
      database.close();
    }
  }

  // The token is sealed with a key that lies beside it and that no script can read: only this browser can open it.
  const sealed = {
    write: async (token) => {
      const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const text = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, new TextEncoder().encode(token));
      await inDatabase("readwrite", (store) => store.put({ key, iv, text }, KEY));
    },
    read: async () => {
      const { key, iv, text } = await inDatabase("readonly", (store) => store.get(KEY));
      return new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, text));
    },
  };

  Portal.carriers = {
    sealed_indexed_db: sealed,
    local_storage: inStorage("localStorage"),
    session_storage: inStorage("sessionStorage"),
    indexed_db: {
      read: () => inDatabase("readonly", (store) => store.get(KEY)),
      write: (token) => inDatabase("readwrite", (store) => store.put(token, KEY)),
    },
  };

  async function isActive(carrier) {
    // A storage that cannot be read holds nothing.
    const token = await Portal.carriers[carrier].read().catch(() => null);
    const body = new URLSearchParams({ token: token || "" }).toString();
    window.jQuery.active += 1;
    const request = await Portal.send("POST", "/Home/CheckCurrentUserTokenActiveOrNot", body);
    window.jQuery.active -= 1;
    return request.status === 200 && JSON.parse(request.responseText).active;
  }

  // Every page asks on ready. Where the cookie alone carries the login, the answer is the page itself.
  window.CheckCurrentUserTokenActiveOrNot = async () => {
    const { check } = Portal.config;
    if (!check) return;
    if (check.delay_ms > 0) await new Promise((done) => setTimeout(done, check.delay_ms));
    if (await isActive(check.carrier)) {
      document.body.hidden = false;
      return;
    }
    window.top.location.replace("/Login/IMDLogin");
    // The page is on its way out: what waits to call never does.
    await new Promise(() => {});
  };

  Portal.known = Portal.config.check ? window.CheckCurrentUserTokenActiveOrNot() : null;
})();
