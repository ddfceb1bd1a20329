// Lists that a page's script draws.

F.items = (list) => list.flatMap(F.all).filter(F.visible);

F.pointAtItem = (what, limit, token) => {
  const look = () => {
    const items = F.items(what.list);
    const fitting = items.filter((item) => F.matches(what.option, F.text(item)));
    if (fitting.length === 1) return { element: fitting[0] };
    if (!items.length) return { state: 'the list is not there', last: F.notOffered(what, items) };
    // The list can still be one of a shorter text: only at the deadline is it an error.
    const last = fitting.length ? { fail: { kind: 'ambiguous', count: fitting.length } } : F.notOffered(what, items);
    return { state: `the list has ${items.length} items, ${fitting.length} of them fit`, last };
  };
  return F.aim(look, limit, token);
};

F.notOffered = (what, items) => ({
  fail: { kind: 'not_offered', wanted: what.wanted, offered: items.slice(0, 200).map(F.text) },
});

F.listClosed = (target, list, limit) => {
  const end = performance.now() + limit;
  const { log, add } = F.logger();
  return F.guard(add, log, async () => {
    const closed = await F.until(end, add, () => (F.items(list).length ? { state: 'the list is still open' } : {}));
    if (closed.fail) return { fail: closed.fail };
    const { element } = F.resolve(target, true);
    const value = element ? ('value' in element ? F.value(element) : F.text(element)) : null;
    return { done: [{ value, changed: true }] };
  });
};
