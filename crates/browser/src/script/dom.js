// Looking at elements: whether they are seen, and how they are called in a log. Never says what they hold.

F.clean = (text) => (text ?? '').replace(/\s+/g, ' ').trim();

F.describe = (element) => {
  if (!element) return 'nothing';
  let name = element.localName ?? 'document';
  if (element.id) name += `#${element.id}`;
  for (const part of [...(element.classList ?? [])].slice(0, 2)) name += `.${part}`;
  return `<${name}>`.slice(0, 120);
};

F.visible = (element) => {
  if (!element.isConnected) return false;
  // An option of a native list is drawn by the browser: it is as visible as its list.
  if (element.localName === 'option') return F.visible(element.closest('select') ?? document.body);
  if (!element.checkVisibility({ visibilityProperty: true })) return false;
  const { width, height } = element.getBoundingClientRect();
  if (width > 0 && height > 0) return true;
  // Inline wrappers around a block have no size of their own.
  return [...element.children].some((child) => F.visible(child));
};

F.enabled = (element) =>
  !element.matches(':disabled') && !element.closest('[aria-disabled="true"]') && !element.closest('[inert]');

F.editable = (element) =>
  element.isContentEditable || (('value' in element) && !element.readOnly && element.localName !== 'button');

F.text = (element) => {
  if (element.localName === 'input' && ['button', 'submit', 'reset'].includes(element.type)) return F.clean(element.value);
  return F.clean(element.innerText ?? element.textContent);
};

F.value = (element) => {
  if (element.isContentEditable) return element.innerText;
  if ('value' in element) return String(element.value);
  return element.textContent;
};

F.matches = (match, raw) => {
  if (match.by === 'nonempty') return raw !== '';
  if (match.by === 'exactly') return raw === match.value;
  const text = F.clean(raw);
  if (match.by === 'equals') return text === F.clean(match.value);
  if (match.by === 'contains') return text.toLowerCase().includes(F.clean(match.value).toLowerCase());
  return new RegExp(match.value, 'u').test(text);
};

// Elements that a later call speaks of, by the token of the first.
F.kept = new Map();
F.tokens = 0;
F.keep = (element) => {
  const token = `e${F.tokens++}`;
  F.kept.set(token, element);
  if (F.kept.size > 50) F.kept.delete(F.kept.keys().next().value);
  return token;
};
F.held = (token) => F.kept.get(token) ?? null;
