// Waiting: for a change of the document, an event that tells of a change that is none of the document, or, at worst,
// a moment. Nothing is asked again and again while nothing happens, except what has no event (a value that a script
// sets, a style that a media query changes): that is looked at ten times a second.

F.quiet = 100;
F.slow = 250;
F.events = [
  'input', 'change', 'load', 'transitionend', 'animationend', 'scroll', 'readystatechange', 'DOMContentLoaded', 'focusin',
];

F.change = (left, frame) =>
  new Promise((resolve) => {
    let request = 0;
    const end = () => {
      observer.disconnect();
      clearTimeout(timer);
      cancelAnimationFrame(request);
      for (const name of F.events) document.removeEventListener(name, end, true);
      resolve();
    };
    const observer = new MutationObserver(end);
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    for (const name of F.events) document.addEventListener(name, end, true);
    const timer = setTimeout(end, Math.max(1, Math.min(left, frame ? 50 : F.quiet)));
    if (frame) request = requestAnimationFrame(end);
  });

// Until the scripts that a document comes with have run. Before that there is little to be seen, and a look would lay
// out what is still being built; but a document can take as long as its portal likes, and then it is looked at anyway.
F.loaded = (left) =>
  new Promise((resolve) => {
    if (F.settled()) return resolve();
    const end = () => {
      clearTimeout(timer);
      document.removeEventListener('readystatechange', end);
      document.removeEventListener('DOMContentLoaded', end);
      // A task later all others have been told too.
      F.task().then(resolve);
    };
    const timer = setTimeout(end, Math.max(1, Math.min(left, F.slow)));
    if (document.readyState !== 'loading') document.addEventListener('readystatechange', end);
    document.addEventListener('DOMContentLoaded', end);
  });

F.pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// An animation frame. A page that does not draw by itself is asked for one; a hidden one draws none, then a moment
// will do. One that is seen draws, but a busy machine can take its time. Says whether it came.
F.frame = () =>
  new Promise((resolve) => {
    globalThis.formhandAsk?.(JSON.stringify({ token: '', ask: 'draw' }));
    const timer = setTimeout(() => resolve(false), document.hidden ? 200 : 1000);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });

F.task = () =>
  new Promise((resolve) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => {
      channel.port1.close();
      resolve();
    };
    channel.port2.postMessage(0);
  });

F.logger = () => {
  const log = [];
  const add = (line) => {
    if (log[log.length - 1] === line) return;
    if (log.length === 40) log.splice(20, 1);
    log.push(line);
  };
  return { log, add };
};

// Repeats `look` until it gives something else than a state.
F.until = async (end, add, look) => {
  await F.loaded(end - performance.now());
  for (;;) {
    const seen = look();
    if (seen.state === undefined) return seen;
    add(seen.state);
    const left = end - performance.now();
    if (left <= 0) return seen.last ?? { fail: { kind: 'timed_out', state: seen.state } };
    await F.change(left, seen.soon);
  }
};

// Runs a function; what it throws on purpose becomes a failure that is told.
F.guard = async (add, log, run) => {
  try {
    return { log, ...(await run()) };
  } catch (error) {
    if (error?.invalid) return { log, fail: { kind: 'invalid', what: error.invalid } };
    throw error;
  }
};

// Whether the scripts that a document comes with have run. Before that its elements are there and visible, but nobody
// listens yet to what is done to them. (`interactive` alone does not say it: deferred scripts run after it.)
F.settled = () =>
  document.readyState === 'complete' ||
  (document.readyState === 'interactive' && performance.getEntriesByType('navigation')[0]?.domContentLoadedEventEnd > 0);

// Waits for that; says whether it came to it.
F.settle = async (limit) => {
  const end = performance.now() + limit;
  while (!F.settled() && performance.now() < end) await F.loaded(end - performance.now());
  return F.settled();
};

F.ready = async (limit) => {
  const end = performance.now() + limit;
  while (document.readyState === 'loading' && performance.now() < end) await F.loaded(end - performance.now());
  const entry = performance.getEntriesByType('navigation')[0];
  return { url: location.href, status: entry?.responseStatus ?? 0, parsed: document.readyState !== 'loading' };
};
