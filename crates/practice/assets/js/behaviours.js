// Faults that happen in the page. The server decides which; this only does them.
(() => {
  const DO = {
    alert: (b) => alert(b.text),
    hang: () => {
      // At once: a timer of a page that nobody sees may come a second late, and whoever is quick is done by then.
      for (;;);
    },
    alter(b) {
      if (!b.on_change) return Portal.set(b.field, b.value);
      const alter = (event) => {
        if (event.target.id !== b.field) return;
        document.removeEventListener("change", alter);
        setTimeout(() => Portal.set(b.field, b.value), 0);
      };
      document.addEventListener("change", alter);
    },
    drop_keys(b) {
      let deaf = 0;
      document.addEventListener("focusin", () => (deaf = performance.now() + b.ms));
      const drop = (event) => performance.now() < deaf && event.preventDefault();
      document.addEventListener("beforeinput", drop);
    },
  };

  // Runs the behaviours below a root; those that wait for a later moment become flags.
  Portal.behave = (root) => {
    for (const script of root.querySelectorAll("script.practice-behaviours")) {
      for (const behaviour of JSON.parse(script.textContent)) {
        if (DO[behaviour.do]) DO[behaviour.do](behaviour);
        else Portal.flags[behaviour.do] = behaviour;
      }
      script.remove();
    }
  };

  document.addEventListener("DOMContentLoaded", () => {
    Portal.dress(document);
    Portal.behave(document);
  });
})();
