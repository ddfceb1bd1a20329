// What a script cannot do by itself: move a real mouse and press real keys. It asks the browser for them, and goes on
// when it sees them arrive; so a whole action is one call.

F.asked = new Map();
F.askCount = 0;

// Asks, and waits until `seen` or, where nothing can be seen of it here, until the browser says that it is done. Each
// question has a number: the word that one is done can come when the next has been asked, and is none of its business.
F.ask = async (token, what, seen) => {
  const number = (F.askCount += 1);
  const handed = new Promise((resolve) => F.asked.set(number, resolve));
  globalThis.formhandAsk(JSON.stringify({ token, number, ...what }));
  await Promise.race([handed, seen]);
  F.asked.delete(number);
};
F.handed = (number) => F.asked.get(number)?.();

// Gives an element the focus, for keys; with the text selected that they replace.
F.focus = async (target, edit, end, add) => {
  const needs = { enabled: true, editable: edit };
  const found = await F.actionable(() => F.resolve(target, false), needs, end, add);
  if (found.fail) return found;
  found.element.focus();
  if (edit) found.element.select ? found.element.select() : getSelection().selectAllChildren(found.element);
  return found;
};

// A task after this key has come up.
F.keyUp = (key) => {
  let end;
  const seen = new Promise((resolve) => {
    const look = (event) => {
      if (event.isTrusted && event.key === key) F.task().then(resolve);
    };
    addEventListener('keyup', look, true);
    end = () => removeEventListener('keyup', look, true);
  });
  return { seen, end };
};
