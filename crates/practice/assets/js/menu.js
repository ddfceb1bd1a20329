// Hover menus: a submenu shows while the pointer is inside its item.
(() => {
  function open(item, submenu) {
    submenu.style.display = "block";
    const flat = Portal.flags.menu_flat;
    if (!flat || item.id !== "divMainMotors") return;
    delete Portal.flags.menu_flat;
    submenu.classList.add("flat");
    setTimeout(() => submenu.classList.remove("flat"), flat.ms);
  }

  document.addEventListener("DOMContentLoaded", () => {
    for (const item of document.querySelectorAll("[data-hovertarget]")) {
      const submenu = document.querySelector(item.dataset.hovertarget);
      if (!submenu) continue;
      item.addEventListener("mouseenter", () => open(item, submenu));
      item.addEventListener("mouseleave", () => (submenu.style.display = "none"));
    }
  });
})();
