// Pending quotes: tick, declare, choose how to pay, and have the link sent.
(() => {
  const ticked = () => [...document.querySelectorAll("#tblPending input[type=checkbox]:checked")].map((box) => box.id.slice(3));

  window.SelectProposal = () => {
    const total = [...document.querySelectorAll("#tblPending input:checked")].reduce((sum, box) => sum + Number(box.dataset.premium), 0);
    Portal.set("txtTotalAmountPaidCurrency", total.toFixed(2));
    Portal.set("txtTotalAmountPaid", total);
  };

  window.ProceedToPayment = () => {
    const declared = Portal.byId("TPDeclaration").checked || Portal.byId("TPDeclaration1").checked;
    const fine = Portal.allFine([
      [ticked().length > 0, "Please select Proposal", "tblPending"],
      [declared, "Please select Declaration", "TPDeclaration"],
    ]);
    if (fine) Portal.show(Portal.byId("divPaymentMode"), true);
  };

  window.AddRowToPaymentDetailsGrid = () => {
    if (!Portal.allFine([[Portal.value("ddlPaymentType") !== "", "Please select Payment Type", "ddlPaymentType"]])) return;
    Portal.show(Portal.byId("divAddRow"), true);
  };

  window.ConfirmAddRow = () => {
    Portal.show(Portal.byId("divAddRow"), false);
    Portal.openDialog("divPaymentConfirm", "Payment", {
      Ok: () => Portal.show(Portal.byId("divContactDetails"), true),
    });
  };

  window.SendMail = async (send) => {
    Portal.show(Portal.byId("divContactDetails"), false);
    if (!send) return;
    const mode = Portal.value("ddlPaymentType");
    const answer = await Portal.postJson("/Payment/SendPaymentLink", { proposals: ticked().join(","), mode });
    if (answer === null) return;
    if (answer.isSuccess) Portal.success(answer.message);
    else Portal.errors([{ text: "Payment link could not be sent" }]);
  };
})();
