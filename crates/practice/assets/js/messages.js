// The message box #containerMain: one span a message, which knows its control.
(() => {
  function open(messages, kind) {
    const box = Portal.byId("containerMain");
    if (!box) return;
    box.replaceChildren(Portal.make("a", { class: "close-icon", title: "Close", onclick: "closePopUp()" }, "×"));
    for (const { text, control } of messages) {
      const span = Portal.make("span", {}, text);
      if (control) span.setAttribute("onclick", `setFocus("${control}")`);
      box.append(span);
    }
    box.className = `message-box ${kind}`;
    box.style.display = "block";
    window.scrollTo(0, 0);
  }

  Portal.errors = (messages) => open(messages, "error");
  Portal.success = (text) => open([{ text }], "MotorSuccess success");

  window.closePopUp = () => {
    const box = Portal.byId("containerMain");
    box.replaceChildren();
    box.style.display = "none";
  };

  window.setFocus = (id) => {
    const element = Portal.byId(id);
    if (element) element.focus();
  };

  // Shows what is wrong; true when nothing is.
  Portal.allFine = (checks) => {
    const wrong = checks.filter(([fine]) => !fine).map(([, text, control]) => ({ text, control }));
    if (wrong.length > 0) Portal.errors(wrong);
    else window.closePopUp();
    return wrong.length === 0;
  };
})();
