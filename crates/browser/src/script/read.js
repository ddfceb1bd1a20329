// What elements hold now.

F.readOne = (read) => {
  if (read.what === 'all_text') return { value: F.some(read.target).map(F.text).filter(Boolean).join('\n') };
  // Hidden fields hold the portal's own numbers.
  const found = F.resolve(read.target, true);
  if (found.fail) return found;
  if (!found.element) return { value: null };
  return { value: F.holdsOf(read, found.element) };
};

F.holdsOf = (read, element) => {
  if (read.what === 'value') return F.value(element);
  if (read.what === 'text') return F.text(element);
  if (read.what === 'checked') return String(F.checked(element));
  if (read.what === 'option_text') return element.selectedOptions?.[0] ? F.clean(element.selectedOptions[0].text) : null;
  const whole = ['href', 'src', 'action'].includes(read.name) && typeof element[read.name] === 'string';
  return whole && element.hasAttribute(read.name) ? element[read.name] : element.getAttribute(read.name);
};

F.read = (reads) => {
  const { log, add } = F.logger();
  return F.guard(add, log, () => {
    const values = [];
    for (const [index, read] of reads.entries()) {
      const one = F.readOne(read);
      if (one.fail) return { fail: { ...one.fail, index } };
      values.push(one.value);
    }
    return { values };
  });
};
