// Keeps what a page shows as it is on the server, without loading the page anew.
"use strict";

(() => {
  // What the server tells that may change a page, beside what happens to jobs.
  const EVENTS = ["session", "sessions", "questions", "servers"];

  // Many things happen at once; this many milliseconds of them are one look.
  const GATHER = 150;

  // Ages are shown in seconds at first.
  const TICK = 5000;

  const about = document.querySelector("[data-job]")?.dataset.job;
  const light = document.getElementById("live");
  const regions = () => [...document.querySelectorAll("[data-live]")];

  // --- times ---

  const UNITS = [["d", 86400], ["h", 3600], ["min", 60], ["s", 1]];

  function span(seconds) {
    const first = UNITS.findIndex(([, length]) => seconds >= length);
    if (first < 0) return "0 s";
    const [unit, length] = UNITS[first];
    const great = `${Math.floor(seconds / length)} ${unit}`;
    const next = UNITS[first + 1];
    const rest = next ? Math.floor((seconds % length) / next[1]) : 0;
    return rest > 0 ? `${great} ${rest} ${next[0]}` : great;
  }

  function tell(root) {
    for (const time of root.querySelectorAll("time[datetime]")) {
      const at = new Date(time.dateTime);
      const local = at.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
      if (time.dataset.age === undefined) {
        time.textContent = local;
        continue;
      }
      const past = Math.round((Date.now() - at) / 1000);
      time.title = local;
      time.textContent = past < 0 ? `in ${span(-past)}` : `${span(past)} ago`;
    }
  }

  // --- the page, as it is now ---

  const key = (node) => (node.nodeType === Node.ELEMENT_NODE ? node.id || node.dataset.key : "");
  const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName && key(a) === key(b);

  // What a person has typed or opened stays.
  function copyAttributes(old, fresh) {
    for (const { name } of [...old.attributes]) {
      if (!fresh.hasAttribute(name) && name !== "open") old.removeAttribute(name);
    }
    for (const { name, value } of [...fresh.attributes]) {
      if (old.getAttribute(name) !== value && name !== "open") old.setAttribute(name, value);
    }
  }

  // Makes `old` what `fresh` is and keeps every node that can stay, so that focus and selection stay with it.
  function become(old, fresh) {
    if (old.nodeType !== Node.ELEMENT_NODE) {
      if (old.data !== fresh.data) old.data = fresh.data;
      return;
    }
    if (old.matches("input, textarea, select, canvas")) return;
    copyAttributes(old, fresh);
    const coming = [...fresh.childNodes];
    const known = new Map([...old.childNodes].filter(key).map((node) => [key(node), node]));
    let here = old.firstChild;
    for (const node of coming) {
      const match = key(node) ? known.get(key(node)) : here;
      if (match && match.parentNode === old && alike(match, node)) {
        if (match === here) here = here.nextSibling;
        else old.insertBefore(match, here);
        become(match, node);
      } else {
        old.insertBefore(document.importNode(node, true), here);
      }
    }
    while (here) {
      const next = here.nextSibling;
      here.remove();
      here = next;
    }
  }

  function put(text) {
    const fresh = new DOMParser().parseFromString(text, "text/html");
    tell(fresh);
    for (const old of regions()) {
      const now = fresh.getElementById(old.id);
      if (now) become(old, now);
    }
    lookOnAll();
  }

  // --- looking again ---

  let looking = false;
  let wanted = false;

  async function look() {
    if (looking) {
      wanted = true;
      return;
    }
    looking = true;
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" }, cache: "no-store" });
      if (answer.redirected && new URL(answer.url).pathname === "/login") location.assign(answer.url);
      else if (answer.ok) put(await answer.text());
    } catch {
      // The stream of events says that the connection is gone, and comes back with it.
    } finally {
      looking = false;
    }
    if (wanted) {
      wanted = false;
      soon();
    }
  }

  let timer;
  function soon() {
    timer ??= setTimeout(() => {
      timer = undefined;
      look();
    }, GATHER);
  }

  // --- looking on ---

  // A picture a second, roughly: the browser that is looked at has a form to fill.
  const GLANCE = 700;

  // What a browser at work shows, as long as it does.
  async function lookOn(canvas) {
    canvas.dataset.followed = "";
    const pen = canvas.getContext("2d");
    while (canvas.isConnected && !document.hidden) {
      const answer = await fetch(canvas.dataset.sight, { cache: "no-store" }).catch(() => undefined);
      if (answer?.status === 200) {
        const picture = await createImageBitmap(await answer.blob());
        if (canvas.width !== picture.width || canvas.height !== picture.height) {
          canvas.width = picture.width;
          canvas.height = picture.height;
        }
        pen.drawImage(picture, 0, 0);
        canvas.hidden = false;
      } else if (answer?.status !== 503) {
        break;
      }
      await new Promise((done) => setTimeout(done, GLANCE));
    }
    delete canvas.dataset.followed;
  }

  function lookOnAll() {
    for (const canvas of document.querySelectorAll("canvas[data-sight]:not([data-followed])")) lookOn(canvas);
  }

  // --- following the server ---

  let stream;

  function say(state) {
    light.hidden = false;
    light.dataset.state = state;
    if (light.textContent !== state) light.textContent = state;
  }

  function follow() {
    stream = new EventSource("/api/events");
    stream.onopen = () => {
      say("live");
      // What happened since the page was made, or since the connection was lost.
      look();
    };
    stream.onerror = () => say("not connected");
    for (const name of EVENTS) stream.addEventListener(name, soon);
    stream.addEventListener("job", (event) => {
      // The page of one job is not made anew for every other job.
      if (!about || JSON.parse(event.data).job === about) soon();
    });
  }

  // A browser has few connections to a server: a tab that nobody sees gives its own back.
  function onVisibility() {
    if (document.hidden) {
      stream?.close();
      stream = undefined;
    } else if (!stream) {
      follow();
      lookOnAll();
    }
  }

  // Whoever has done something here wants to see what came of it.
  document.addEventListener("formhand:look", soon);
  tell(document);
  setInterval(() => tell(document), TICK);
  for (const field of document.querySelectorAll("select[data-send]")) {
    field.addEventListener("change", () => field.form.requestSubmit());
  }
  if (light && regions().length > 0) {
    document.addEventListener("visibilitychange", onVisibility);
    addEventListener("pagehide", () => stream?.close());
    onVisibility();
  }
})();
