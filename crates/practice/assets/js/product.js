// The product list loads the quick quote. The page asks for the first product by itself, and the
// answer that comes last stays.
(() => {
  async function load(code) {
    const part = await Portal.get("/Motor/MotorQuote", { Product_Code: code });
    if (part === null) return;
    const main = Portal.byId("divMainPage");
    main.innerHTML = part;
    Portal.dress(main);
    Portal.behave(main);
  }

  window.isSkipedQuotePage = () => true;

  document.addEventListener("DOMContentLoaded", () => {
    Portal.widgets.ddlMotorProducts.onChange(load);
    load(Portal.value("ddlMotorProducts"));
  });
})();
