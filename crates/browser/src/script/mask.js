// Where personal data is in this document's view.

F.masks = (values, folded) => {
  const rects = [];
  const add = (rect) => {
    const { x, y, width, height } = rect;
    const inView = x + width > 0 && y + height > 0 && x < innerWidth && y < innerHeight;
    if (width > 0 && height > 0 && inView) rects.push({ x, y, width, height });
  };
  const matcher = F.matcher(values, folded);
  const buttons = ['button', 'submit', 'reset', 'image', 'checkbox', 'radio'];
  const control = (element) => {
    const name = F.nameOf(element);
    if (name === 'img') return matcher.shows(element.getAttribute('alt'));
    if (name === 'select') return element.value !== '';
    if (element.isContentEditable) return F.clean(F.wordsOf(element)) !== '';
    if (!('value' in element)) return false;
    if (element.value === '') return matcher.shows(element.getAttribute('placeholder'));
    return !buttons.includes(element.type) || matcher.shows(element.value);
  };
  const controls = (root) => {
    for (const element of root.querySelectorAll('input, textarea, select, [contenteditable], img[alt]')) {
      if (control(element)) add(element.getBoundingClientRect());
    }
    for (const element of root.querySelectorAll('*')) {
      const shadow = F.shadowOf(element);
      if (shadow) controls(shadow);
    }
  };
  if (!F.bodyOf(document)) return rects;
  controls(document);
  F.findText(document, matcher, {
    // A value can be spread over several elements of a block; then the block is masked.
    whole: (element) => add(element.getBoundingClientRect()),
    part: (text) => {
      if (text.parentNode && F.nameOf(text.parentNode) === 'option') return;
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const rect of range.getClientRects()) add(rect);
    },
  });
  return rects;
};
