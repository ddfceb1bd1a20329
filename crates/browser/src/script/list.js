// Lists that a page's script draws: the one wanted item is clicked, or none.

F.items = (list) => list.flatMap(F.all).filter(F.visible);

F.item = (action) => {
  const items = F.items(action.list);
  const fitting = items.filter((item) => F.matches(action.option, F.text(item)));
  if (fitting.length === 1) return { element: fitting[0] };
  if (!items.length) return { state: 'the list is not there', last: F.notOffered(action, items) };
  // The list can still be one of a shorter text: only at the deadline is it an error.
  const last = fitting.length ? { fail: { kind: 'ambiguous', count: fitting.length } } : F.notOffered(action, items);
  return { state: `the list has ${items.length} items, ${fitting.length} of them fit`, last };
};

F.notOffered = (action, items) => ({
  fail: { kind: 'not_offered', wanted: action.option.value, offered: items.slice(0, 200).map(F.text) },
});

// Clicks the item and waits until the list is gone; says what the field holds then.
F.takeItem = async (action, hands) => {
  const clicked = await F.mouse(hands, () => F.item(action), true);
  if (clicked.fail) return clicked;
  const open = () => (F.items(action.list).length ? { state: 'the list is still open' } : {});
  const closed = await F.until(hands.end, hands.add, open);
  if (closed.fail) return closed;
  const { element } = F.resolve(action.target, true);
  const value = element ? ('value' in element ? F.value(element) : F.text(element)) : null;
  return { value, changed: true };
};
