// DropDownList: the original select is hidden, a span shows the choice, and the list lives at the
// end of the body. Only a choice made in the widget is a change.
(() => {
  Portal.place = (popup, anchor) => {
    const box = anchor.getBoundingClientRect();
    popup.style.left = `${box.left + window.scrollX}px`;
    popup.style.top = `${box.bottom + window.scrollY}px`;
    popup.style.minWidth = `${box.width}px`;
  };

  Portal.popup = (id) => {
    const old = Portal.byId(`${id}_listbox`);
    if (old) old.closest(".k-animation-container").remove();
    const popup = Portal.make("div", { class: "k-animation-container", style: "display:none" });
    const inner = Portal.make("div", { class: "k-list-container k-popup k-group", id: `${id}-list` });
    const list = Portal.make("ul", { id: `${id}_listbox`, class: "k-list k-reset", role: "listbox" });
    inner.append(list);
    popup.append(inner);
    document.body.append(popup);
    return { popup, list };
  };

  class DropDown {
    constructor(select) {
      this.select = select;
      this.handlers = [];
      this.label = select.dataset.optionLabel || "";
      if (this.label) select.prepend(new Option(this.label, ""));
      const initial = select.querySelector("option[selected]");
      select.value = initial ? initial.value : select.options.length > 0 ? select.options[0].value : "";
      this.build();
      this.render();
    }

    build() {
      const { select } = this;
      this.span = Portal.make("span", {
        class: "k-widget k-dropdown k-header", role: "listbox", tabindex: "0",
        "aria-owns": `${select.id}_listbox`, "aria-haspopup": "true", "aria-expanded": "false",
      });
      this.input = Portal.make("span", { class: "k-input" });
      const wrap = Portal.make("span", { class: "k-dropdown-wrap k-state-default" });
      const arrow = Portal.make("span", { class: "k-select" });
      arrow.append(Portal.make("span", { class: "k-icon k-i-arrow-s" }, "▾"));
      wrap.append(this.input, arrow);
      select.replaceWith(this.span);
      this.span.append(wrap, select);
      select.style.display = "none";
      Object.assign(this, Portal.popup(select.id));
      this.span.addEventListener("click", (e) => Portal.heeds(e) && this.toggle());
      this.span.addEventListener("keydown", (e) => this.key(e));
      this.span.addEventListener("blur", () => this.close());
      this.list.addEventListener("mousedown", (e) => e.preventDefault());
      this.list.addEventListener("click", (e) => this.pick(e));
    }

    render() {
      const items = [...this.select.options].map((option, index) => Portal.make("li", {
        role: "option", class: `k-item${option.selected ? " k-state-selected" : ""}`,
        "data-offset-index": index, "aria-selected": option.selected, tabindex: "-1",
      }, option.text));
      this.list.replaceChildren(...items);
      const chosen = this.select.options[this.select.selectedIndex];
      this.input.textContent = chosen ? chosen.text : "";
      this.span.classList.toggle("k-state-disabled", this.select.disabled);
    }

    pick(event) {
      const item = event.target.closest("li");
      if (!item || !Portal.heeds(event)) return;
      this.choose(Number(item.dataset.offsetIndex));
      this.close();
    }

    choose(index) {
      if (index < 0 || index >= this.select.options.length || index === this.select.selectedIndex) return;
      this.select.selectedIndex = index;
      this.render();
      this.select.dispatchEvent(new Event("change", { bubbles: true }));
      this.handlers.forEach((handler) => handler(this.select.value));
    }

    key(event) {
      if (!Portal.heeds(event) || this.select.disabled) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        this.choose(this.select.selectedIndex + step);
      } else if (event.key === "Enter" || event.key === "Escape") {
        event.preventDefault();
        this.close();
      }
    }

    toggle() {
      if (this.select.disabled) return;
      if (this.popup.style.display !== "none") return this.close();
      Portal.place(this.popup, this.span);
      this.popup.style.display = "block";
      this.span.setAttribute("aria-expanded", "true");
      this.span.focus();
    }

    close() {
      this.popup.style.display = "none";
      this.span.setAttribute("aria-expanded", "false");
    }

    // By script: shows the value and tells nobody.
    value(value) {
      if (value === undefined) return this.select.value;
      this.select.value = value;
      this.render();
    }

    setItems(items, value = "") {
      const options = items.map((item) => new Option(item.Text, item.Value));
      if (this.label) options.unshift(new Option(this.label, ""));
      this.select.replaceChildren(...options);
      this.value(value);
    }

    enable(enabled) {
      this.select.disabled = !enabled;
      this.render();
    }

    onChange(handler) {
      this.handlers.push(handler);
    }
  }

  Portal.dropDown = (select) => {
    Portal.widgets[select.id] = new DropDown(select);
  };
})();
