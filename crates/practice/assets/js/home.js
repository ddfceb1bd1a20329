// The promo window: its close button shows only after the server's delay.
document.addEventListener("DOMContentLoaded", async () => {
  sessionStorage.setItem("imdUser", document.body.dataset.user);
  const modal = Portal.byId("myModalShowDed");
  if (modal.dataset.due !== "true") return;
  const promo = await Portal.getJson("/Home/GetTopAlertspopup");
  if (promo === null) return;
  Portal.byId("promoTitle").textContent = promo.title;
  Portal.byId("promoText").textContent = promo.text;
  const close = Portal.byId("Closebutton");
  const backdrop = Portal.byId("promoBackdrop");
  backdrop.style.display = modal.style.display = "block";
  close.addEventListener("click", () => {
    backdrop.style.display = modal.style.display = "none";
  });
  setTimeout(() => (close.style.display = "inline-block"), promo.delay_ms);
});
