// DatePicker: dd-MM-yyyy. What is typed counts only after the field's change event.
(() => {
  class DatePicker {
    constructor(input) {
      this.input = input;
      this.parsed = Portal.date(input.value);
      this.handlers = [];
      input.classList.add("k-input");
      input.setAttribute("placeholder", "dd-MM-yyyy");
      const span = Portal.make("span", { class: "k-widget k-datepicker k-header" });
      const wrap = Portal.make("span", { class: "k-picker-wrap k-state-default" });
      input.replaceWith(span);
      const icon = Portal.make("span", { class: "k-select", role: "button" });
      icon.append(Portal.make("span", { class: "k-icon k-i-calendar" }, "▦"));
      wrap.append(input, icon);
      span.append(wrap);
      input.addEventListener("change", () => this.changed());
    }

    changed() {
      this.parsed = Portal.date(this.input.value);
      this.input.classList.toggle("k-invalid", this.parsed === null && this.input.value !== "");
      this.handlers.forEach((handler) => handler(this.parsed));
    }

    value(text) {
      if (text === undefined) return this.input.value;
      this.input.value = text;
      this.parsed = Portal.date(text);
    }

    onChange(handler) {
      this.handlers.push(handler);
    }
  }

  Portal.datePicker = (input) => {
    Portal.widgets[input.id] = new DatePicker(input);
  };

  // The date that the widget knows, which need not be the text that stands there.
  Portal.pickedDate = (id) => Portal.widgets[id].parsed;
})();
