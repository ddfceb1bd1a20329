// This document as inert HTML: what it is made of and says, with nothing in it that runs, loads or leads anywhere, and
// none of the values that must not be seen. Written anew from a short list of what is harmless; nothing is copied.

F.snapshotRules = {
  kept: new Set(
    ('a abbr address article aside b blockquote body br button caption cite code col colgroup datalist dd details dialog div dl dt ' +
      'em fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr i img input ins kbd label legend li main mark menu ' +
      'meter nav ol optgroup option output p pre progress q s samp section select small span strong sub summary sup table tbody ' +
      'td textarea tfoot th thead time tr u ul').split(' '),
  ),
  left: new Set('script style link meta base noscript template head title'.split(' ')),
  closed: new Set('br col hr img input'.split(' ')),
  attributes: new Set(
    ('id class name type role title alt placeholder for colspan rowspan selected disabled readonly required multiple open label ' +
      'scope min max maxlength minlength step pattern tabindex lang dir').split(' '),
  ),
  // Where something led to, as text that leads nowhere.
  addresses: new Set('href src action formaction data'.split(' ')),
};

F.snapshot = (values, folded, limit) => {
  const { kept, left, closed, attributes, addresses } = F.snapshotRules;
  const BLANK = '\u2592\u2592\u2592';
  const matcher = F.matcher(values, folded);
  const hidden = { whole: new Set(), part: new Set() };
  F.findText(document, matcher, { whole: (element) => hidden.whole.add(element), part: (text) => hidden.part.add(text) });
  const pieces = [];
  let size = 0;
  let truncated = false;
  const put = (text) => {
    if (truncated || size + text.length > limit) truncated = true;
    else {
      size += text.length;
      pieces.push(text);
    }
  };
  const escape = (text) =>
    text.replace(/[&<>"'`]/g, (sign) => `&#${sign.charCodeAt(0)};`).replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '\ufffd');
  const shown = (text) => (matcher.shows(text) ? BLANK : text);
  const LONGEST = 500;
  const attribute = (name, value) => put(` ${name}="${escape(shown(value).slice(0, LONGEST))}"`);
  // A value may stand in an address as it does in text, or in its percent-encoded form.
  const address = (text) => {
    let place;
    try {
      const { origin, protocol, pathname } = new URL(text, document.baseURI);
      place = protocol === 'http:' || protocol === 'https:' ? origin + pathname : protocol;
      return matcher.shows(decodeURIComponent(place)) ? BLANK : place;
    } catch {
      return BLANK;
    }
  };
  const holds = (element, name) => {
    if (name === 'textarea' || name === 'select') return element.value !== '';
    return 'value' in element && element.value !== '';
  };
  const control = (element, name) => {
    const type = name === 'input' ? element.type : name;
    if (['button', 'submit', 'reset', 'option'].includes(type)) {
      if (element.hasAttribute('value')) attribute('value', element.getAttribute('value'));
    } else if (type === 'checkbox') {
      if (element.checked) put(' checked');
    } else if (['input', 'select', 'textarea'].includes(name) && type !== 'radio') {
      // Whatever it is: what stands in a field is what somebody entered, or a secret of the portal's.
      if (['hidden', 'password'].includes(type) || holds(element, name)) put(` value="${BLANK}"`);
    }
  };
  const open = (element, name, tag) => {
    put(`<${tag}`);
    if (tag !== name) put(` data-element="${escape(shown(name).slice(0, LONGEST))}"`);
    for (const { name: key, value } of F.attributesOf(element)) {
      if (attributes.has(key) && key !== 'selected') attribute(key, value);
      else if (addresses.has(key)) put(` data-${key}="${escape(address(value).slice(0, LONGEST))}"`);
      else if (/^aria-[a-z]+$/.test(key)) attribute(key, value);
    }
    control(element, name);
    if (name !== 'option' && !Element.prototype.checkVisibility.call(element, { visibilityProperty: true })) put(' hidden');
    put('>');
  };
  const inside = (parent) => {
    for (const child of F.childrenOf(parent)) {
      if (truncated) return;
      const kind = F.kindOf(child);
      if (kind === Node.TEXT_NODE) put(hidden.part.has(child) ? BLANK : escape(F.wordsOf(child)));
      else if (kind === Node.ELEMENT_NODE) one(child);
    }
  };
  const one = (element) => {
    const name = F.nameOf(element);
    if (left.has(name)) return;
    const tag = kept.has(name) ? name : 'span';
    open(element, name, tag);
    if (closed.has(tag)) return;
    const shadow = F.shadowOf(element);
    if (name === 'textarea' || element.isContentEditable) put(F.clean(F.wordsOf(element)) === '' && !holds(element, name) ? '' : BLANK);
    else if (hidden.whole.has(element)) put(BLANK);
    else {
      if (shadow) {
        put('<span data-shadow>');
        inside(shadow);
        put('</span>');
      }
      inside(element);
    }
    put(`</${tag}>`);
  };
  const title = shown(String(document.title)).slice(0, LONGEST);
  put(`<!DOCTYPE html><html><head><meta charset="utf-8"><title>${escape(title)}</title></head>`);
  put(`<!-- ${escape(address(location.href)).replace(/-/g, '&#45;')} -->`);
  const body = F.bodyOf(document);
  if (body) one(body);
  return { html: `${pieces.join('')}${truncated ? '<p>[cut off here]</p>' : ''}</html>`, truncated };
};
