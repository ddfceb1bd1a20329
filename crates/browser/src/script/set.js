// Setting fields, many in one call. Each is set, read back and compared; at the end all are compared once more, since
// one field's change can overwrite another.

F.began = (token) => globalThis.formhandStarted?.(token);

F.setter = (element) => {
  const kind = element.localName === 'textarea' ? HTMLTextAreaElement : HTMLInputElement;
  return Object.getOwnPropertyDescriptor(kind.prototype, 'value').set;
};

F.fire = (element, name, kind, init) => element.dispatchEvent(new kind(name, { bubbles: true, composed: true, ...init }));

F.leave = (element) => {
  if (element.ownerDocument.activeElement === element) element.blur();
  else F.fire(element, 'blur', FocusEvent, { bubbles: false });
};

F.write = (element, value) => {
  element.focus({ preventScroll: true });
  if (element.isContentEditable) {
    element.textContent = value;
  } else {
    F.setter(element).call(element, value);
  }
  F.fire(element, 'input', InputEvent, { inputType: 'insertReplacementText', data: value });
};

F.do = {
  fill: {
    needs: { enabled: true, editable: true },
    run: (element, action) => {
      if (F.value(element) === action.value) return { changed: false };
      F.write(element, action.value);
      F.fire(element, 'change', Event);
      F.leave(element);
      return { changed: true };
    },
    now: (element) => F.value(element),
    wanted: (action) => action.value,
  },
  date: {
    needs: { enabled: true, editable: true },
    run: (element, action) => {
      if (F.value(element) === action.value) return { changed: false };
      F.write(element, action.value);
      // Masks and calendars listen for keys, not for input.
      F.fire(element, 'keyup', KeyboardEvent, { key: action.value.slice(-1) });
      F.fire(element, 'change', Event);
      F.leave(element);
      return { changed: true };
    },
    now: (element) => F.value(element),
    wanted: (action) => action.value,
  },
  select: {
    needs: { enabled: true },
    ready: (element, action) => {
      if (element.localName !== 'select') throw { invalid: `${F.describe(element)} is not a native list` };
      const fits = (option) =>
        action.by === 'value' ? option.value === action.value : F.clean(option.text) === F.clean(action.value);
      const options = [...element.options].filter(fits);
      if (options.length > 1) return { fail: { kind: 'ambiguous', count: options.length } };
      if (options.length === 1 && !options[0].disabled) return { option: options[0] };
      const offered = [...element.options].map((option) => (action.by === 'value' ? option.value : F.clean(option.text)));
      return {
        state: `${F.describe(element)} does not offer the option`,
        last: { fail: { kind: 'not_offered', wanted: action.value, offered: offered.slice(0, 500) } },
      };
    },
    run: (element, action, { option }) => {
      action.chosen = option.value;
      if (option.selected && !element.multiple) return { changed: false };
      element.focus({ preventScroll: true });
      option.selected = true;
      F.fire(element, 'input', Event);
      F.fire(element, 'change', Event);
      F.leave(element);
      return { changed: true };
    },
    now: (element) => element.value,
    wanted: (action) => action.chosen,
  },
  check: {
    needs: { enabled: true, hidden: true },
    click: true,
    run: (element, action, { shown }) => {
      if (F.checked(element) === action.on) return { changed: false };
      shown.click();
      return { changed: true };
    },
    now: (element) => String(F.checked(element)),
    wanted: (action) => String(action.on),
  },
};

F.checked = (element) => {
  if (element.localName === 'input' && ['checkbox', 'radio'].includes(element.type)) return element.checked;
  const state = element.getAttribute('aria-checked') ?? element.getAttribute('aria-pressed');
  if (state === null) throw { invalid: `${F.describe(element)} cannot be checked` };
  return state === 'true';
};

F.setOne = async (action, end, add, begin) => {
  const how = F.do[action.do];
  const look = () => {
    const found = F.check(F.resolve(action.target, how.needs.hidden), how.needs);
    return found.element && how.ready ? { ...found, ...how.ready(found.element, action) } : found;
  };
  // A field that is right already is left alone, so nothing needs to be uncovered for it.
  const clicks = how.click && !(() => { const now = look(); return now.element && F.checked(now.element) === action.on; })();
  const found = await F.actionable(look, { ...how.needs, point: clicks }, end, add);
  if (found.fail) return found;
  begin();
  const done = how.run(found.element, action, found);
  // The page's own handlers may work on a next task.
  if (done.changed) await F.task();
  return { element: found.element, changed: done.changed };
};

F.compare = (action, element) => {
  const how = F.do[action.do];
  // A page can draw its form anew after a change: what counts is the element that is there now.
  const current = element.isConnected ? element : (F.resolve(action.target, how.needs.hidden).element ?? element);
  const found = how.now(current), expected = how.wanted(action);
  return found === expected ? { value: found } : { fail: { kind: 'not_taken', expected, found } };
};

F.set = (actions, limit, token) => {
  const end = performance.now() + limit;
  const { log, add } = F.logger();
  let begun = false;
  const begin = () => {
    if (!begun) F.began(token);
    begun = true;
  };
  return F.guard(add, log, async () => {
    const set = [];
    for (const [index, action] of actions.entries()) {
      let one;
      try {
        one = await F.setOne(action, end, add, begin);
        if (!one.fail) one = { ...one, ...F.compare(action, one.element) };
      } catch (error) {
        if (!error?.invalid) throw error;
        one = { fail: { kind: 'invalid', what: error.invalid } };
      }
      if (one.fail) return { fail: { ...one.fail, index } };
      set.push(one);
    }
    const done = [];
    for (const [index, action] of actions.entries()) {
      // A later action of the same call may set the same field to something else.
      const later = actions.slice(index + 1).some((other) => JSON.stringify(other.target) === JSON.stringify(action.target));
      const now = later ? { value: set[index].value } : F.compare(action, set[index].element);
      // One choice of a group takes the others back, as it should.
      if (now.fail) return { fail: { ...now.fail, index } };
      done.push({ value: now.value, changed: set[index].changed });
    }
    return { done };
  });
};

// For keys: the focus, with the text selected that they replace.
F.focus = (target, edit, limit) => {
  const end = performance.now() + limit;
  const { log, add } = F.logger();
  return F.guard(add, log, async () => {
    const needs = { enabled: true, editable: edit };
    const found = await F.actionable(() => F.resolve(target, false), needs, end, add);
    if (found.fail) return { fail: found.fail };
    found.element.focus();
    if (edit) found.element.select ? found.element.select() : getSelection().selectAllChildren(found.element);
    return { token: F.keep(found.element) };
  });
};

F.typed = (token, expected) => {
  const { log, add } = F.logger();
  return F.guard(add, log, async () => {
    const element = F.held(token);
    F.leave(element);
    await F.task();
    const found = F.value(element);
    if (found !== expected) return { fail: { kind: 'not_taken', expected, found } };
    return { done: [{ value: found, changed: true }] };
  });
};
