// The mouse in a page: what would reach something else is stopped, and a click is done when the page has got it.

F.mouseEvents = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'auxclick', 'dblclick', 'mousemove'];

// Listens before the page's first script can, so that what is stopped here reaches nobody. A document that is opened
// anew loses its listeners; so each watch adds them again, which does nothing where they still are.
F.listen = () => {
  for (const name of F.mouseEvents) addEventListener(name, F.onMouse, { capture: true, passive: false });
};
F.onMouse = (event) => {
  if (event.isTrusted) F.watcher?.(event);
};
F.listen();

// Keeps watch over an element: a mouse event that would reach something else is stopped before the page sees it.
F.watch = (element, click) => {
  let over = false, other = null, press = null, done;
  const seen = new Promise((resolve) => (done = resolve));
  const stop = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  const watcher = (event) => {
    const [inner] = event.composedPath();
    const reached = event.composedPath().includes(element) || F.reaches(inner, element);
    if (event.type === 'mousemove') {
      over = reached;
      if (!press) other = inner;
    } else {
      if (!press) {
        other = inner;
        press = reached ? F.press(element, event, inner) : { stopped: true };
      }
      if (press.stopped) stop(event);
      else press.look(event, reached, inner);
    }
    // A click belongs to the task of its release, whether a page hears of it as of a pointer or of a mouse. A task later
    // it has come, and what the page does in answer to it has been done, or it never comes.
    if (click ? event.type.endsWith('up') : event.type === 'mousemove') F.task().then(done);
  };
  F.watcher = watcher;
  F.listen();
  // `miss`: the page knows of no press, so it can be aimed again. `lost`: it knows of one that was no click.
  const end = () => {
    if (F.watcher === watcher) F.watcher = null;
    const instead = `the mouse reached ${F.describe(other)} instead`;
    if (!click) return over ? {} : { miss: instead };
    if (!press) return F.unseen();
    return press.stopped ? { miss: instead } : press.end();
  };
  return { seen, end };
};

// A press that did not come here went nowhere, if there is nowhere else; but a frame may have got it.
F.unseen = () => {
  const miss = 'the press of the mouse was not seen';
  return window === top && window.length === 0 ? { miss } : { lost: `${miss}: another document may have got it` };
};

// A press that reached its element. The page may have acted on it, in ways that cannot be seen from here, so it is never
// repeated, whatever comes of it. Usually that is a click on the element. Where none comes:
// - The page may have done what it has to do at the press or at the release: a menu opens over its button, an item takes
//   its list away, a button disables itself. Then the press was all that the page wanted, and the action is done. This
//   is so if the element was out of the mouse's reach as soon as the press had been dealt with, or if the release
//   reached it as well.
// - Or the element got out of reach between the two, by a frame or a timer: a click was lost.
// - An element that stands there to be clicked, only elsewhere, has not been clicked, whatever moved it. Often that is a
//   message that comes where the focus leaves and pushes it down.
F.press = (element, { clientX: x, clientY: y }, pressed) => {
  let answered = null, release = null, clicked = false;
  const whole = () => pressed.isConnected && F.enabled(element);
  const settle = () => {
    answered ??= !whole() || !F.reaches(F.at(x, y), element);
  };
  // Comes before what is due by timers. Usually the release has been waiting and comes even before this.
  scheduler.postTask(settle, { priority: 'user-blocking' });
  const within = ({ left, right, top, bottom }) => x >= left && x <= right && y >= top && y <= bottom;
  const standsElsewhere = () =>
    F.visible(element) && F.enabled(element) && ![...element.getClientRects()].some(within);
  const look = (event, reached, inner) => {
    if (event.type === 'click') clicked ||= reached;
    if (release || !event.type.endsWith('up')) return;
    settle();
    release = { reached, inner, whole: whole(), moved: standsElsewhere() };
  };
  const why = () => {
    if (clicked) return null;
    if (!release) return 'its release was not seen';
    if (release.moved) return 'it moved away before the release';
    if (answered) return null;
    if (!release.reached) return `the release reached ${F.describe(release.inner)} instead`;
    return release.whole ? null : 'it, or what was pressed in it, was replaced or disabled before the release';
  };
  const end = () => {
    const lost = why();
    return lost ? { lost: `${F.describe(element)} was pressed, but ${lost}` } : {};
  };
  return { look, end };
};

// Brings the mouse to the element that `look` finds, again until that is what gets it.
F.mouse = async (hands, look, click) => {
  const { token, end, add } = hands;
  // A frame that is new may not have its place yet where the browser looks for what is under the mouse: a press would go
  // to the document around it, and cannot be repeated. A move can, and shows that it has.
  if (click && window !== top) {
    const moved = await F.mouse(hands, look, false);
    if (moved.fail) return moved;
  }
  for (;;) {
    const found = await F.actionable(look, { enabled: true, point: true, rest: true }, end, add);
    if (found.fail) return found;
    const watch = F.watch(found.shown, click);
    await F.ask(token, { ask: 'mouse', click, ...found.point }, watch.seen);
    // What a click sends off is on its way a task after its handlers.
    if (click) await F.task();
    const { miss, lost } = watch.end();
    if (lost) return { fail: { kind: 'not_clicked', what: lost } };
    if (!miss) return found;
    add(miss);
    if (performance.now() >= end) return { fail: { kind: 'timed_out', state: 'the element to receive the mouse' } };
  }
};
