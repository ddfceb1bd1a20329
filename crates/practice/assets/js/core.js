"use strict";
// The ground that all widgets and pages stand on.
window.jQuery = window.$ = { active: 0 };
window.Portal = {
  config: JSON.parse(document.getElementById("practiceConfig").textContent),
  widgets: {},
  flags: {},

  byId(id) {
    return document.getElementById(id);
  },

  make(tag, attributes = {}, text = "") {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.textContent = text;
    return element;
  },

  show(element, visible) {
    element.style.display = visible ? "" : "none";
    if (visible) element.removeAttribute("hidden");
  },

  scaled(realMs) {
    return realMs * Portal.config.delays;
  },

  // One of the portal's own delays. Without delays it is over at once.
  pause(realMs) {
    const ms = Portal.scaled(realMs);
    return new Promise((done) => (ms > 0 ? setTimeout(done, ms) : done()));
  },

  // Whether a widget may act on this event.
  heeds(event) {
    return event.isTrusted || !Portal.config.trustedOnly;
  },

  value(id) {
    const element = Portal.byId(id);
    return element ? element.value.trim() : "";
  },

  // Sets a field as a script does: no event tells anyone.
  set(id, value) {
    const widget = Portal.widgets[id];
    if (widget && widget.value) widget.value(value);
    else if (Portal.byId(id)) Portal.byId(id).value = value;
  },

  date(text) {
    const parts = /^(\d{2})-(\d{2})-(\d{4})$/.exec(text.trim());
    if (!parts) return null;
    const [day, month, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
    const date = new Date(year, month - 1, day);
    return date.getDate() === day && date.getMonth() === month - 1 ? date : null;
  },

  age(text) {
    const born = Portal.date(text);
    const today = Portal.date(Portal.config.today);
    if (!born) return NaN;
    const before = today.getMonth() < born.getMonth() ||
      (today.getMonth() === born.getMonth() && today.getDate() < born.getDate());
    return today.getFullYear() - born.getFullYear() - (before ? 1 : 0);
  },

  // Turns the marked elements below a root into widgets.
  dress(root) {
    root.querySelectorAll("select[data-role=dropdownlist]").forEach(Portal.dropDown);
    root.querySelectorAll("input[data-role=autocomplete]").forEach(Portal.autoComplete);
    root.querySelectorAll("input[data-role=datepicker]").forEach(Portal.datePicker);
    root.querySelectorAll(".k-panelbar").forEach(Portal.panelBar);
  },
};
