// What each of the scripts begins with: waiting for changes, and being heard by the portal's widgets.
const task = () => new Promise((done) => {
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    channel.port1.close();
    done();
  };
  channel.port2.postMessage(0);
});

// A change of the document, or at worst a moment: what a script sets in a field changes no document.
const change = (root) => new Promise((done) => {
  const end = () => {
    observer.disconnect();
    clearTimeout(timer);
    document.removeEventListener('readystatechange', end);
    removeEventListener('DOMContentLoaded', end);
    done();
  };
  const observer = new MutationObserver(end);
  observer.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });
  document.addEventListener('readystatechange', end);
  addEventListener('DOMContentLoaded', end);
  const timer = setTimeout(end, 10);
});

const until = async (look, root = document) => {
  for (const end = performance.now() + 10000; ;) {
    const found = look();
    if (found) return found;
    if (performance.now() > end) throw new Error(`waited in vain for ${look}`);
    await change(root);
    await task();
  }
};

// In the document before the one that is meant this never ends; the navigation ends it, and the call is made again.
const on = async (path) => {
  if (location.pathname !== path) await new Promise(() => {});
  await until(() => performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd > 0);
};

const fire = (element, ...names) => names.forEach((name) => element.dispatchEvent(new Event(name, { bubbles: true })));

const fill = (element, value) => {
  element.value = value;
  fire(element, 'input', 'change', 'blur');
};

const select = (list, fits) => {
  list.value = [...list.options].find(fits).value;
  fire(list, 'change');
};

const check = (box, on) => {
  if (box.checked !== on) box.click();
};

const item = (list, text) => [...list.querySelectorAll('li')].find((li) => li.textContent === text);

const pick = async (id, text) => {
  document.querySelector(`span[aria-owns=${id}_listbox]`).click();
  (await until(() => item(document.getElementById(`${id}_listbox`), text))).click();
};

const choose = async (input, text, fits, doc = document) => {
  input.value = text;
  fire(input, 'input');
  const list = doc.getElementById(`${input.id}_listbox`);
  (await until(() => [...list.querySelectorAll('li')].find((li) => fits(li.textContent)), doc)).click();
};

const $id = (id) => document.getElementById(id);
const idle = () => window.jQuery.active === 0 && $id('divBusyIndicator').style.display === 'none';
const open = (panel) => !$id(panel).classList.contains('k-state-disabled');
