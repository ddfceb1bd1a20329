// Single elements that the browser itself is told about: frames and file fields.

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
