// What elements hold now.

F.readOne = (read) => {
  if (read.what === 'all_text') return { value: F.some(read.target).map(F.text).filter(Boolean).join('\n') };
  // Hidden fields hold the portal's own numbers.
  const found = F.resolve(read.target, true);
  if (found.fail) return found;
  if (!found.element) return { value: null };
  const element = found.element;
  if (read.what === 'value') return { value: F.value(element) };
  if (read.what === 'text') return { value: F.text(element) };
  if (read.what === 'checked') return { value: String(F.checked(element)) };
  if (read.what === 'option_text') return { value: element.selectedOptions?.[0] ? F.clean(element.selectedOptions[0].text) : null };
  const whole = ['href', 'src', 'action'].includes(read.name) && typeof element[read.name] === 'string';
  return { value: whole && element.hasAttribute(read.name) ? element[read.name] : element.getAttribute(read.name) };
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
