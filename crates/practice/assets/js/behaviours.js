// Faults that happen in the page. The server decides which; this only does them.
(() => {
  const DO = {
    alert: (b) => alert(b.text),
    // Only a person who sees it closes it: no definition knows it.
    cover(b) {
      const cover = document.createElement("div");
      cover.style.cssText = "position:fixed;inset:0;z-index:99999;background:#fff;padding:80px";
      const words = document.createElement("p");
      words.textContent = b.text;
      const close = document.createElement("button");
      close.type = "button";
      close.textContent = "Close";
      close.style.cssText = "width:200px;height:60px";
      close.onclick = () => cover.remove();
      cover.append(words, close);
      document.body.append(cover);
    },
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
