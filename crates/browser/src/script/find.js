// Finding the one element that is meant.

F.by = {
  css: (value) => [...document.querySelectorAll(value)],
  xpath: (value) => {
    const found = document.evaluate(value, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE, null);
    const nodes = [];
    for (let at = 0; at < found.snapshotLength; at++) nodes.push(found.snapshotItem(at));
    return nodes.filter((node) => node.nodeType === Node.ELEMENT_NODE);
  },
  // Climbs from the text to the innermost element that has all of it and nothing else.
  text: (value) => {
    const wanted = F.clean(value);
    const [first] = wanted.split(' ');
    const found = new Set();
    const texts = document.createTreeWalker(document.body ?? document, NodeFilter.SHOW_TEXT);
    while (first && texts.nextNode()) {
      if (!texts.currentNode.data.includes(first)) continue;
      for (let element = texts.currentNode.parentElement; element; element = element.parentElement) {
        if (['SCRIPT', 'STYLE', 'TEMPLATE', 'NOSCRIPT', 'BODY'].includes(element.nodeName)) break;
        const text = F.clean(element.textContent);
        if (text === wanted) found.add(element);
        if (text.length >= wanted.length) break;
      }
    }
    for (const button of document.querySelectorAll('input[type=button], input[type=submit], input[type=reset]')) {
      if (F.clean(button.value) === wanted) found.add(button);
    }
    return [...found];
  },
  label: (value) => {
    const wanted = F.clean(value);
    const found = new Set();
    for (const label of document.querySelectorAll('label')) {
      if (F.clean(label.textContent) === wanted && label.control) found.add(label.control);
    }
    for (const element of document.querySelectorAll('[aria-label]')) {
      if (F.clean(element.getAttribute('aria-label')) === wanted) found.add(element);
    }
    for (const element of document.querySelectorAll('[aria-labelledby]')) {
      const ids = element.getAttribute('aria-labelledby').split(/\s+/);
      const text = ids.map((id) => document.getElementById(id)?.textContent ?? '').join(' ');
      if (F.clean(text) === wanted) found.add(element);
    }
    return [...found];
  },
};

F.all = (locator) => {
  try {
    return F.by[locator.by](locator.value);
  } catch {
    throw { invalid: `the ${locator.by} locator cannot be read: ${locator.value}` };
  }
};

F.named = (locator) => (locator.by === 'css' ? locator.value : `${locator.by} "${locator.value}"`);

// One locator: the element, or a state to wait on, or a failure. `hidden`: a single hidden match will do too.
F.one = (locator, hidden) => {
  const all = F.all(locator);
  const visible = all.filter(F.visible);
  if (visible.length === 1) return { element: visible[0] };
  if (visible.length > 1) return { fail: { kind: 'ambiguous', count: visible.length } };
  if (hidden && all.length === 1) return { element: all[0] };
  if (hidden && all.length > 1) return { fail: { kind: 'ambiguous', count: all.length } };
  const state = all.length ? `${F.named(locator)}: element is hidden` : `${F.named(locator)}: no such element`;
  return { state, absent: !all.length };
};

F.resolve = (target, hidden) => {
  if (!target.length) return { fail: { kind: 'invalid', what: 'the target has no locator' } };
  let found = null;
  for (const locator of target) {
    const one = F.one(locator, hidden);
    if (!one.element) return one;
    if (found && found !== one.element) return { fail: { kind: 'disagree' } };
    found = one.element;
  }
  return { element: found };
};
