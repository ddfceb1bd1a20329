// Where personal data is in this document's view.

F.masks = (sensitive) => {
  const rects = [];
  const add = (rect) => {
    const { x, y, width, height } = rect;
    const inView = x + width > 0 && y + height > 0 && x < innerWidth && y < innerHeight;
    if (width > 0 && height > 0 && inView) rects.push({ x, y, width, height });
  };
  const values = sensitive.map((value) => F.clean(value).toLowerCase()).filter((value) => value.length > 1);
  const shows = (text) => {
    const clean = F.clean(text).toLowerCase();
    return clean !== '' && values.some((value) => clean.includes(value));
  };
  const buttons = ['button', 'submit', 'reset', 'image', 'checkbox', 'radio'];
  const control = (element) => {
    if (element.localName === 'select') return element.value !== '';
    if (element.isContentEditable) return F.clean(element.textContent) !== '';
    return 'value' in element && (buttons.includes(element.type) ? shows(element.value) : element.value !== '');
  };
  const walk = (root) => {
    for (const element of root.querySelectorAll('input, textarea, select, [contenteditable]')) {
      if (control(element)) add(element.getBoundingClientRect());
    }
    // The text of a block as a whole, since a value can be spread over several elements of it.
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.ELEMENT_NODE) {
        if (node.shadowRoot) walk(node.shadowRoot);
        const whole = shows(node.textContent);
        const inPart = whole && [...node.childNodes].some((child) => shows(child.textContent));
        if (whole && !inPart && !['SCRIPT', 'STYLE'].includes(node.nodeName)) add(node.getBoundingClientRect());
      } else if (shows(node.textContent) && !['SCRIPT', 'STYLE', 'OPTION'].includes(node.parentNode?.nodeName)) {
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const rect of range.getClientRects()) add(rect);
      }
    }
  };
  if (document.body) walk(document);
  return rects;
};
