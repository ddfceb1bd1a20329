// AutoComplete: waits until typing stops, asks the server, and fills ids only on select.
(() => {
  const TYPING_DELAY_MS = 1000;
  const MIN_LENGTH = 3;

  class AutoComplete {
    constructor(input) {
      this.input = input;
      this.chosen = null;
      this.items = [];
      this.ask = 0;
      this.handlers = { select: [], clear: [] };
      input.setAttribute("autocomplete", "off");
      input.setAttribute("aria-owns", `${input.id}_listbox`);
      input.classList.add("k-input");
      const span = Portal.make("span", { class: "k-widget k-autocomplete k-header" });
      input.replaceWith(span);
      this.loading = Portal.make("span", { class: "k-icon k-loading", style: "display:none" });
      span.append(input, this.loading);
      Object.assign(this, Portal.popup(input.id));
      input.addEventListener("input", (e) => Portal.heeds(e) && this.typed());
      input.addEventListener("keydown", (e) => this.key(e));
      input.addEventListener("blur", () => this.close());
      this.list.addEventListener("mousedown", (e) => e.preventDefault());
      this.list.addEventListener("click", (e) => this.pick(e));
    }

    typed() {
      if (this.chosen) this.forget();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.search(), Portal.scaled(TYPING_DELAY_MS));
    }

    async search() {
      const text = this.input.value.trim();
      if (text.length < MIN_LENGTH) return this.close();
      this.ask += 1;
      const mine = this.ask;
      this.loading.style.display = "";
      const items = await Portal.getJson(this.input.dataset.url, { text });
      this.loading.style.display = "none";
      // An answer to an older question is dropped.
      if (items === null || mine !== this.ask) return;
      this.items = items;
      this.render();
    }

    render() {
      this.active = -1;
      this.list.replaceChildren(...this.items.map((item, index) => Portal.make("li", {
        role: "option", class: "k-item", "data-offset-index": index, tabindex: "-1",
      }, item.Text)));
      if (this.items.length === 0) return this.close();
      Portal.place(this.popup, this.input);
      this.popup.style.display = "block";
    }

    pick(event) {
      const item = event.target.closest("li");
      if (item && Portal.heeds(event)) this.select(Number(item.dataset.offsetIndex));
    }

    key(event) {
      const open = this.popup.style.display !== "none";
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (open && step) {
        event.preventDefault();
        this.active = Math.max(0, Math.min(this.items.length - 1, this.active + step));
        [...this.list.children].forEach((li, index) => li.classList.toggle("k-state-focused", index === this.active));
      } else if (event.key === "Enter") {
        event.preventDefault();
        if (open && this.active >= 0) this.select(this.active);
      } else if (event.key === "Escape") {
        this.close();
      }
    }

    select(index) {
      const item = this.items[index];
      this.chosen = item;
      this.input.value = item.Text;
      this.close();
      this.handlers.select.forEach((handler) => handler(item));
      this.input.dispatchEvent(new Event("change", { bubbles: true }));
    }

    forget() {
      this.chosen = null;
      this.handlers.clear.forEach((handler) => handler());
    }

    // By script: shows the text, and knows nothing behind it.
    value(text) {
      if (text === undefined) return this.input.value;
      this.input.value = text;
      this.chosen = null;
    }

    close() {
      this.popup.style.display = "none";
    }

    onSelect(handler) {
      this.handlers.select.push(handler);
    }

    onClear(handler) {
      this.handlers.clear.push(handler);
    }
  }

  Portal.autoComplete = (input) => {
    Portal.widgets[input.id] = new AutoComplete(input);
  };
})();
