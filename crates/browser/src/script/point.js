// Aiming the mouse, and certainty that the right element gets it.

F.aims = new Map();
F.mouse = ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click', 'auxclick', 'dblclick'];

F.watch = (token, element) => {
  const aim = { hit: null, other: null };
  const seen = (event) => {
    if (!event.isTrusted) return;
    const path = event.composedPath();
    const reached = path.includes(element) || F.reaches(path[0], element);
    if (event.type === 'mousemove' || event.type === 'pointermove') {
      aim.over = reached;
      aim.overOther = path[0];
      return;
    }
    if (aim.hit === null) {
      aim.hit = reached;
      aim.other = path[0];
    }
    if (!aim.hit) {
      event.preventDefault();
      event.stopImmediatePropagation();
    }
  };
  const names = [...F.mouse, 'mousemove'];
  aim.end = () => names.forEach((name) => removeEventListener(name, seen, true));
  names.forEach((name) => addEventListener(name, seen, { capture: true, passive: false }));
  F.aims.set(token, aim);
};

// Null when the element got the mouse, else what got it.
F.confirm = (token) => {
  const aim = F.aims.get(token);
  if (!aim) return null;
  F.aims.delete(token);
  aim.end();
  if (aim.hit === true || (aim.hit === null && aim.over === true)) return null;
  const other = aim.hit === false ? aim.other : aim.overOther;
  return `the mouse reached ${F.describe(other)} instead`;
};

F.aim = async (look, limit, token) => {
  const end = performance.now() + limit;
  const { log, add } = F.logger();
  return F.guard(add, log, async () => {
    const found = await F.actionable(look, { enabled: true, point: true, rest: true }, end, add);
    if (found.fail) return { fail: found.fail };
    F.watch(token, found.shown);
    return { point: found.point };
  });
};

F.point = (what, limit, token) => F.aim(() => F.resolve(what.target, false), limit, token);

F.findFrame = (target, limit) => {
  const end = performance.now() + limit;
  const { log, add } = F.logger();
  return F.guard(add, log, async () => {
    const found = await F.until(end, add, () => F.resolve(target, false));
    if (found.fail) return { fail: found.fail };
    if (!['iframe', 'frame'].includes(found.element.localName)) {
      return { fail: { kind: 'invalid', what: `${F.describe(found.element)} is not a frame` } };
    }
    return { token: F.keep(found.element) };
  });
};

F.findFile = (target, limit) => {
  const end = performance.now() + limit;
  const { log, add } = F.logger();
  return F.guard(add, log, async () => {
    // File fields are often hidden behind a button of the portal's own.
    const found = await F.until(end, add, () => F.check(F.resolve(target, true), { enabled: true }));
    if (found.fail) return { fail: found.fail };
    if (found.element.localName !== 'input' || found.element.type !== 'file') {
      return { fail: { kind: 'invalid', what: `${F.describe(found.element)} takes no files` } };
    }
    return { token: F.keep(found.element) };
  });
};

F.uploaded = (token, names) => {
  const { log, add } = F.logger();
  return F.guard(add, log, async () => {
    await F.task();
    const element = F.held(token);
    const found = [...element.files].map((file) => file.name).join(', ');
    const expected = names.join(', ');
    // Some pages take the files at once and empty the field.
    if (element.files.length && found !== expected) return { fail: { kind: 'not_taken', expected, found } };
    return { done: [{ value: found, changed: true }] };
  });
};
