// Whether an element can be acted on, and where.

F.view = () => ({ width: document.documentElement.clientWidth, height: innerHeight });

F.rectOf = (element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return { x, y, width, height };
};

F.same = (left, right) =>
  left.x === right.x && left.y === right.y && left.width === right.width && left.height === right.height;

F.center = (element) => {
  const view = { width: innerWidth, height: innerHeight };
  for (const rect of element.getClientRects()) {
    const left = Math.max(0, rect.left), right = Math.min(view.width, rect.right);
    const top = Math.max(0, rect.top), bottom = Math.min(view.height, rect.bottom);
    if (right - left >= 1 && bottom - top >= 1) return { x: (left + right) / 2, y: (top + bottom) / 2 };
  }
  return null;
};

F.at = (x, y) => {
  let root = document, element = null;
  for (;;) {
    const next = root.elementFromPoint(x, y);
    if (!next || next === element) return element;
    element = next;
    if (!element.shadowRoot) return element;
    root = element.shadowRoot;
  }
};

// A click on the label of a control is a click on the control, and one on what is inside an element is one on it.
F.reaches = (hit, element) => {
  for (let at = hit; at; at = at.parentNode ?? at.host) if (at === element) return true;
  const label = hit?.closest?.('label');
  return Boolean(label && label.control === element);
};

// Frames above this one, as far as scripts may look: is this frame's element what is at that place there?
F.outward = (point) => {
  let { x, y } = point, hops = 0;
  for (let view = window; view !== view.parent; view = view.parent) {
    let owner = null;
    try {
      owner = view.frameElement;
    } catch {
      owner = null;
    }
    if (!owner) break;
    const rect = owner.getBoundingClientRect();
    const style = owner.ownerDocument.defaultView.getComputedStyle(owner);
    x += rect.left + owner.clientLeft + parseFloat(style.paddingLeft);
    y += rect.top + owner.clientTop + parseFloat(style.paddingTop);
    hops += 1;
    const hit = owner.ownerDocument.elementFromPoint(x, y);
    if (hit !== owner) return { covered: hit };
  }
  return { x, y, hops };
};

F.scrolls = ['center', 'start', 'end', 'nearest'];

F.place = (element, attempt) => {
  let point = F.center(element);
  if (!point || attempt > 0) {
    const block = F.scrolls[attempt % F.scrolls.length];
    element.scrollIntoView({ block, inline: 'center', behavior: 'instant' });
    point = F.center(element);
  }
  if (!point) return { state: 'element is outside of the view' };
  const hit = F.at(point.x, point.y);
  if (!F.reaches(hit, element)) return { state: `element is covered by ${F.describe(hit)}` };
  const outer = F.outward(point);
  if (outer.covered !== undefined) return { state: `its frame is covered by ${F.describe(outer.covered)}` };
  return { point: outer };
};

F.check = (found, needs) => {
  if (!found.element) return found;
  if (!F.settled()) return { state: 'the scripts of the document have not run yet' };
  if (needs.enabled && !F.enabled(found.element)) return { state: `${F.describe(found.element)} is disabled` };
  if (needs.editable && !F.editable(found.element)) return { state: `${F.describe(found.element)} is read-only` };
  return found;
};

// Waits until an element is there and enabled, for `point` also not covered, and for `rest` also at rest.
F.actionable = async (look, needs, end, add) => {
  for (let attempt = 0; ; ) {
    const found = await F.until(end, add, () => F.check(look(), needs));
    if (!found.element || !needs.point) return found;
    // Some controls are drawn by their label alone.
    const shown = F.shown(found.element);
    if (!F.center(shown)) shown.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
    // What a script moves is not known to be moving: a mouse that comes too late for it is stopped in the page
    // (mouse.js), and then it is aimed at again. A click that a script makes goes nowhere else, so it need not wait.
    let state = needs.rest ? await F.unrest(shown) : null;
    if (!state && !shown.isConnected) state = `${F.describe(shown)} was replaced`;
    const still = !state;
    if (still) {
      const placed = F.place(shown, attempt);
      if (placed.point) return { ...found, shown, point: placed.point };
      state = placed.state;
      attempt += 1;
    }
    add(state);
    const left = end - performance.now();
    if (left <= 0) return { fail: { kind: 'timed_out', state } };
    await F.change(left, !still);
  }
};

F.running = () => document.getAnimations().filter((animation) => animation.playState === 'running');

// Why an element may not stay where it is; null: it is where it was a moment of its animations before. Only what is
// animated is known to move.
F.unrest = async (element) => {
  const moving = `${F.describe(element)} is moving`;
  const undrawn = 'its page to draw';
  const starts = F.rectOf(element);
  if (!F.running().length) return null;
  // An animation that has yet to begin shows its first state in the frame that gives it its time, so that nothing can
  // be told from that frame. How many it takes is Chromium's affair; one that never gets its time is not waited for.
  const begun = () => !F.running().some((animation) => animation.pending);
  if (!(await F.drawn(begun))) return undrawn;
  const before = F.rectOf(element);
  if (!F.same(starts, before)) return moving;
  // A frame need not bring the animations on: it can be the one that is just being drawn, or be of a time that a look
  // from outside of it has been given already. An element would seem to rest.
  const from = document.timeline.currentTime;
  if (!(await F.drawn(() => document.timeline.currentTime - from >= F.moment))) return undrawn;
  // Still in that frame, so the animations' times are those of what it shows.
  const stays = F.same(before, F.rectOf(element)) && !F.running().some((one) => F.begins(one, element));
  return stays ? null : moving;
};

// Draws until something holds, or so often that it will not. A frame that does not come tells nothing; but a hidden page
// draws none, and moves nothing either.
F.drawn = async (holds) => {
  for (let frames = 0; frames < 5 && !holds(); frames++) {
    if (!(await F.frame()) && !document.hidden) return false;
  }
  return true;
};

// An animation of the element, or of one around it, that would begin while the mouse is on its way, or has begun so
// little ago that its first state is still seen: a frame can come in the very moment in which a delay ends.
F.begins = ({ effect, currentTime }, element) => {
  const held = (effect?.getTiming().delay ?? 0) - (currentTime ?? 0);
  return held <= F.beginsWithin && held > -F.moment && Boolean(effect.target?.contains(element));
};

// In milliseconds. A mouse is there in a few, but machines are busy at times.
F.beginsWithin = 250;
// Enough to see a movement, and less than most frames take.
F.moment = 4;

F.shown = (element) => {
  if (F.visible(element) || !element.labels) return element;
  return [...element.labels].find(F.visible) ?? element;
};
