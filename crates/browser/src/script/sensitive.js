// Finding values that must not be seen, in text, however they are put: with other blanks, in other letters, or with
// signs between their parts. `folded` are the same values as letters and digits alone, long enough to mean something.

// A form's own fields can hide what the form itself says of its text, names and children: `<input name="textContent">`.
// What an element is really like says the prototype.
F.of = (prototype, name) => {
  const { get } = Object.getOwnPropertyDescriptor(prototype, name);
  return (node) => get.call(node);
};
F.wordsOf = F.of(Node.prototype, 'textContent');
F.childrenOf = F.of(Node.prototype, 'childNodes');
F.kindOf = F.of(Node.prototype, 'nodeType');
F.nameOf = F.of(Element.prototype, 'localName');
F.attributesOf = F.of(Element.prototype, 'attributes');
F.shadowOf = F.of(Element.prototype, 'shadowRoot');
F.topOf = F.of(Document.prototype, 'documentElement');
F.bodyOf = F.of(Document.prototype, 'body');

F.fold = (text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

F.matcher = (values, folded) => {
  const needles = values.map((value) => ({ plain: F.clean(value).toLowerCase() })).filter(({ plain }) => plain.length > 1);
  for (const value of folded) needles.push({ folded: value });
  const inText = (text, which) => {
    if (!text || which.length === 0) return [];
    const plain = F.clean(text).toLowerCase();
    if (plain === '') return [];
    const bare = F.fold(plain);
    return which.filter((needle) => (needle.plain ? plain.includes(needle.plain) : bare.includes(needle.folded)));
  };
  return { found: (text, which = needles) => inText(text, which), shows: (text) => inText(text, needles).length > 0 };
};

// Goes through the text of a document: `whole` gets each element that holds a value that none of its children holds by
// itself, `part` each text that does. Text of scripts and styles is not seen.
F.findText = (root, matcher, { whole, part }) => {
  const unseen = ['script', 'style'];
  const visit = (parent, needles) => {
    const apart = new Set(needles);
    for (const child of F.childrenOf(parent)) {
      const kind = F.kindOf(child);
      if (kind !== Node.ELEMENT_NODE && kind !== Node.TEXT_NODE) continue;
      const inside = matcher.found(F.wordsOf(child), needles);
      for (const needle of inside) apart.delete(needle);
      if (inside.length === 0) continue;
      if (kind === Node.TEXT_NODE) part(child);
      else if (!unseen.includes(F.nameOf(child))) visit(child, inside);
    }
    if (apart.size > 0 && F.kindOf(parent) === Node.ELEMENT_NODE) whole(parent);
  };
  const top = root === document ? F.topOf(document) : root;
  if (top) visit(top, matcher.found(F.wordsOf(top)));
  for (const element of root.querySelectorAll('*')) {
    const shadow = F.shadowOf(element);
    if (shadow) F.findText(shadow, matcher, { whole, part });
  }
};
