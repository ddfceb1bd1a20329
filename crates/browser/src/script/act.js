// Actions, many in one call. What sets a field is read back and compared; at the end all fields are compared once more,
// since one field's change can overwrite another.

F.begin = (token) => globalThis.formhandAsk(JSON.stringify({ token, ask: 'begin' }));

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

// What a script sets by itself: what the element must be like, what is done, and what must be there afterwards.
F.sets = {
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

// What needs the mouse or the keys.
F.does = {
  click: async (action, hands) => {
    const found = await F.mouse(hands, () => F.resolve(action.target, false), true);
    return found.fail ? found : { value: null, changed: true };
  },
  hover: async (action, hands) => {
    const found = await F.mouse(hands, () => F.resolve(action.target, false), false);
    return found.fail ? found : { value: null, changed: false };
  },
  type: async (action, hands) => {
    const found = await F.focus(action.target, true, hands.end, hands.add);
    if (found.fail) return found;
    await F.ask(hands.token, { ask: 'keys', at: hands.at }, new Promise(() => {}));
    F.leave(found.element);
    await F.task();
    const value = F.value(found.element);
    if (value !== action.value) return { fail: { kind: 'not_taken', expected: action.value, found: value } };
    return { element: found.element, value, changed: true };
  },
  pick: async (action, hands) => {
    const opened = await F.mouse(hands, () => F.resolve(action.target, false), true);
    return opened.fail ? opened : F.takeItem(action, hands);
  },
  choose: async (action, hands) => {
    const found = await F.focus(action.target, true, hands.end, hands.add);
    if (found.fail) return found;
    // The text comes in one input and is followed by this key.
    const last = F.keyUp('End');
    await F.ask(hands.token, { ask: 'suggest', at: hands.at }, last.seen);
    last.end();
    return F.takeItem(action, hands);
  },
};

F.checked = (element) => {
  if (element.localName === 'input' && ['checkbox', 'radio'].includes(element.type)) return element.checked;
  const state = element.getAttribute('aria-checked') ?? element.getAttribute('aria-pressed');
  if (state === null) throw { invalid: `${F.describe(element)} cannot be checked` };
  return state === 'true';
};

F.setOne = async (action, hands) => {
  const how = F.sets[action.do];
  const look = () => {
    const found = F.check(F.resolve(action.target, how.needs.hidden), how.needs);
    return found.element && how.ready ? { ...found, ...how.ready(found.element, action) } : found;
  };
  // A field that is right already is left alone, so nothing needs to be uncovered for it.
  const clicks = how.click && !(() => { const now = look(); return now.element && F.checked(now.element) === action.on; })();
  const found = await F.actionable(look, { ...how.needs, point: clicks }, hands.end, hands.add);
  if (found.fail) return found;
  hands.begin();
  const done = how.run(found.element, action, found);
  // The page's own handlers may work on a next task.
  if (done.changed) await F.task();
  return { element: found.element, changed: done.changed, ...F.compare(action, found.element) };
};

F.compare = (action, element) => {
  const how = F.sets[action.do];
  // A page can draw its form anew after a change: what counts is the element that is there now.
  const current = element.isConnected ? element : (F.resolve(action.target, how.needs.hidden).element ?? element);
  const found = how.now(current), expected = how.wanted(action);
  return found === expected ? { value: found } : { fail: { kind: 'not_taken', expected, found } };
};

F.doOne = async (action, hands) => {
  try {
    return await (F.sets[action.do] ? F.setOne(action, hands) : F.does[action.do](action, hands));
  } catch (error) {
    if (!error?.invalid) throw error;
    return { fail: { kind: 'invalid', what: error.invalid } };
  }
};

// Compares all fields with what they were set to. One choice of a group takes the others back, as it should; and a
// later action may set the same field to something else.
F.compareAll = (actions, done) => {
  for (const [index, action] of actions.entries()) {
    const again = (other) => JSON.stringify(other.target) === JSON.stringify(action.target);
    if (!F.sets[action.do] || actions.slice(index + 1).some(again)) continue;
    const now = F.compare(action, done[index].element);
    if (now.fail) return { ...now.fail, index };
    done[index].value = now.value;
  }
  return null;
};

// For a key that is pressed on an element.
F.focused = (target, limit) => {
  const { log, add } = F.logger();
  return F.guard(add, log, async () => {
    const found = await F.focus(target, false, performance.now() + limit, add);
    return found.fail ? { fail: found.fail } : {};
  });
};

F.act = (actions, limit, token) => {
  const last = performance.now() + limit;
  const { log, add } = F.logger();
  let begun = false;
  const begin = () => {
    if (!begun) F.begin(token);
    begun = true;
  };
  return F.guard(add, log, async () => {
    const done = [];
    for (const [at, action] of actions.entries()) {
      const end = Math.min(last, performance.now() + (action.limit ?? limit));
      const one = await F.doOne(action, { token, at, end, add, begin });
      if (one.fail) return { fail: { ...one.fail, index: at } };
      done.push(one);
    }
    const fail = F.compareAll(actions, done);
    return fail ? { fail } : { done: done.map(({ value, changed }) => ({ value, changed })) };
  });
};
