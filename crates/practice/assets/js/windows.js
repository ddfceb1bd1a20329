// Windows with a frame inside, and dialogs with buttons.
(() => {
  const overlay = (kind) => {
    const element = Portal.make("div", { class: kind });
    document.body.append(element);
    return element;
  };

  // A window whose content element has the given id.
  Portal.openWindow = (id, title, url) => {
    const shade = overlay("k-overlay");
    const frame = Portal.make("div", { class: "k-widget k-window" });
    const bar = Portal.make("div", { class: "k-window-titlebar k-header" });
    const close = Portal.make("a", { class: "k-window-action k-link", role: "button", "aria-label": "Close" }, "×");
    bar.append(Portal.make("span", { class: "k-window-title" }, title), close);
    const content = Portal.make("div", { id, class: "k-window-content k-content", "data-role": "window" });
    content.append(Portal.make("iframe", { class: "k-content-frame", src: url, title, frameborder: "0" }));
    frame.append(bar, content);
    document.body.append(frame);
    const shut = () => {
      frame.remove();
      shade.remove();
    };
    close.addEventListener("click", shut);
    return shut;
  };

  // A dialog around an element of the page. Buttons: name → handler.
  Portal.openDialog = (contentId, title, buttons) => {
    const content = Portal.byId(contentId);
    if (content.closest(".ui-dialog")) return;
    const home = content.parentElement;
    const shade = overlay("ui-widget-overlay ui-front");
    const dialog = Portal.make("div", {
      class: "ui-dialog ui-widget ui-widget-content ui-front", role: "dialog", "aria-describedby": contentId,
    });
    const bar = Portal.make("div", { class: "ui-dialog-titlebar ui-widget-header" });
    bar.append(Portal.make("span", { class: "ui-dialog-title" }, title));
    const pane = Portal.make("div", { class: "ui-dialog-buttonpane" });
    const set = Portal.make("div", { class: "ui-dialog-buttonset" });
    pane.append(set);
    const shut = () => {
      content.style.display = "none";
      home.append(content);
      dialog.remove();
      shade.remove();
    };
    for (const [name, handler] of Object.entries(buttons)) {
      const button = Portal.make("button", { type: "button", class: "ui-button" }, name);
      button.addEventListener("click", () => {
        shut();
        handler();
      });
      set.append(button);
    }
    content.classList.add("ui-dialog-content");
    content.style.display = "block";
    dialog.append(bar, content, pane);
    document.body.append(dialog);
    return shut;
  };
})();
