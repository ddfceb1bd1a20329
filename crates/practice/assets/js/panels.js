// PanelBar: a panel that may not be used yet carries k-state-disabled.
(() => {
  function expand(panel, open) {
    panel.classList.toggle("k-state-active", open);
    panel.setAttribute("aria-expanded", String(open));
    panel.querySelector(":scope > .k-content").style.display = open ? "block" : "none";
  }

  Portal.panelBar = (bar) => {
    for (const panel of bar.querySelectorAll(":scope > li")) {
      const header = panel.querySelector(":scope > .k-header");
      header.addEventListener("click", () => {
        if (!panel.classList.contains("k-state-disabled")) expand(panel, !panel.classList.contains("k-state-active"));
      });
      expand(panel, !panel.classList.contains("k-state-disabled"));
    }
  };

  Portal.enablePanels = (ids, enabled) => {
    for (const id of ids) {
      const panel = Portal.byId(id);
      panel.classList.toggle("k-state-disabled", !enabled);
      panel.classList.toggle("k-state-default", enabled);
      panel.setAttribute("aria-disabled", String(!enabled));
      expand(panel, enabled);
    }
  };
})();
