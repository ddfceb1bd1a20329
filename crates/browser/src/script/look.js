// Looking at a page as it is now, and at pictures in it.

// The first condition that holds at this moment. One that several elements fit holds as well: nothing is acted on.
F.holdsNow = (conditions) => {
  const index = conditions.findIndex((condition) => {
    const now = F.holds(condition);
    return Boolean(now.holds || now.ambiguous);
  });
  return { index: index < 0 ? null : index };
};

// What an element holds, seen or not, once it is there.
F.readThere = (read, limit) => {
  const { log, add } = F.logger();
  return F.guard(add, log, async () => {
    const found = await F.until(performance.now() + limit, add, () => F.resolve(read.target, true));
    return found.fail ? { fail: found.fail } : { values: [F.holdsOf(read, found.element)] };
  });
};

// The pixels of a picture as the portal sent it, whatever the page does to its size.
F.image = (target, limit) => {
  const { log, add } = F.logger();
  return F.guard(add, log, async () => {
    const found = await F.until(performance.now() + limit, add, () => {
      const found = F.resolve(target, false);
      if (!found.element) return found;
      if (found.element.localName !== 'img') return { fail: { kind: 'invalid', what: 'the element is not a picture' } };
      const { complete, naturalWidth } = found.element;
      return complete && naturalWidth > 0 ? found : { state: 'the picture is not loaded' };
    });
    if (found.fail) return { fail: found.fail };
    const canvas = document.createElement('canvas');
    canvas.width = found.element.naturalWidth;
    canvas.height = found.element.naturalHeight;
    const pen = canvas.getContext('2d');
    pen.fillStyle = '#fff';
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(found.element, 0, 0);
    return { token: canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '') };
  });
};
