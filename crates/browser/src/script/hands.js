// What a script cannot do by itself: move a real mouse and press real keys. It asks the browser for them, and goes on
// when it sees them arrive; so a whole action is one call.

F.asked = new Map();
F.askCount = 0;

// Asks, and waits until `seen` or, where nothing can be seen of it here, until the browser says that it is done. Each
// question has a number: the word that one is done can come when the next has been asked, and is none of its business.
F.ask = async (token, what, seen) => {
  const number = (F.askCount += 1);
  const handed = new Promise((resolve) => F.asked.set(number, resolve));
  globalThis.formhandAsk(JSON.stringify({ token, number, ...what }));
  await Promise.race([handed, seen]);
  F.asked.delete(number);
};
F.handed = (number) => F.asked.get(number)?.();

F.mouseEvents = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'auxclick', 'dblclick', 'mousemove'];

// Keeps watch over an element: a mouse event that would reach something else is stopped before the page sees it.
F.watch = (element, last) => {
  let hit = null, over = false, other = null, done;
  const seen = new Promise((resolve) => (done = resolve));
  const look = (event) => {
    if (!event.isTrusted) return;
    const [inner] = event.composedPath();
    const reached = event.composedPath().includes(element) || F.reaches(inner, element);
    if (event.type === 'mousemove') {
      over = reached;
      if (hit === null) other = inner;
    } else {
      if (hit === null) {
        hit = reached;
        other = inner;
      }
      if (!hit) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    }
    // A task later, so that what the page does in answer to the event has been done.
    if (event.type === last) F.task().then(done);
  };
  for (const name of F.mouseEvents) addEventListener(name, look, { capture: true, passive: false });
  // Null when the element got the mouse, else what got it.
  const end = () => {
    for (const name of F.mouseEvents) removeEventListener(name, look, true);
    return hit === true || (hit === null && over) ? null : `the mouse reached ${F.describe(other)} instead`;
  };
  return { seen, end };
};

// Brings the mouse to the element that `look` finds, again until that is what gets it.
F.mouse = async (hands, look, click) => {
  const { token, end, add } = hands;
  for (;;) {
    const found = await F.actionable(look, { enabled: true, point: true, rest: true }, end, add);
    if (found.fail) return found;
    const watch = F.watch(found.shown, click ? 'mouseup' : 'mousemove');
    await F.ask(token, { ask: 'mouse', click, ...found.point }, watch.seen);
    // What a click sends off is on its way a task after its handlers.
    if (click) await F.task();
    const miss = watch.end();
    if (!miss) return found;
    add(miss);
    if (performance.now() >= end) return { fail: { kind: 'timed_out', state: 'the element to receive the mouse' } };
  }
};

// Gives an element the focus, for keys; with the text selected that they replace.
F.focus = async (target, edit, end, add) => {
  const needs = { enabled: true, editable: edit };
  const found = await F.actionable(() => F.resolve(target, false), needs, end, add);
  if (found.fail) return found;
  found.element.focus();
  if (edit) found.element.select ? found.element.select() : getSelection().selectAllChildren(found.element);
  return found;
};

// A task after this key has come up.
F.keyUp = (key) => {
  let end;
  const seen = new Promise((resolve) => {
    const look = (event) => {
      if (event.isTrusted && event.key === key) F.task().then(resolve);
    };
    addEventListener('keyup', look, true);
    end = () => removeEventListener('keyup', look, true);
  });
  return { seen, end };
};
