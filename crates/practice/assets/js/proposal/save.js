// Save, the point of no return. The portal does not guard its button.
(() => {
  Proposal.hideSave = () => {
    Portal.show(Portal.byId("btnSave"), false);
    Portal.set("hdnIsCalculated", "");
    Portal.set("hdnNetPremium", "");
  };

  Proposal.offerSave = () => {
    Portal.set("hdnIsCalculated", "true");
    Portal.enablePanels(["pnlPremiumSummaryAndPayment"], true);
    Portal.show(Portal.byId("btnSave"), true);
    Proposal.saveByItself();
  };

  // A fault: nobody clicked.
  Proposal.saveByItself = () => {
    if (!Portal.flags.self_submit) return;
    delete Portal.flags.self_submit;
    if (Portal.value("hdnNetPremium") === "") Portal.set("hdnNetPremium", "1");
    post();
  };

  // Faults of the button itself; true when the click ends here.
  function swallowed() {
    const { save_dead: dead, save_invalid: invalid } = Portal.flags;
    if (dead && dead.times > 0) {
      dead.times -= 1;
      return true;
    }
    if (invalid && invalid.times > 0) {
      invalid.times -= 1;
      Portal.errors([{ text: invalid.text, control: "btnSave" }]);
      return true;
    }
    return false;
  }

  window.SaveInformation = () => {
    if (swallowed()) return;
    const fine = Portal.allFine([
      [Portal.value("hdnIsCalculated") === "true", "Please Calculate Premium", "btnCalculate"],
      [Portal.value("ChasisNumberVehicle") !== "", "Please Enter Chassis Number", "ChasisNumberVehicle"],
    ]);
    if (!fine) return;
    post();
    if (Portal.flags.save_twice) post();
  };

  async function post() {
    if (Portal.flags.save_alert) alert(Portal.flags.save_alert.text);
    const answer = await Portal.postJson("/Motor/SaveMotorIMD", Portal.byId("frm"));
    if (answer === null) return;
    if (!answer.isSuccess) return Portal.errors([{ text: answer.ErrorMsg, control: answer.ControlId }]);
    Portal.set("hdnProposalNo", answer.ProposalNo);
    Portal.set("hdnQuoteNo", answer.QuoteNo);
    Portal.set("hdnPolicyID", answer.PolicyId);
    Portal.show(Portal.byId("btnSave"), false);
    Portal.show(Portal.byId("btnCalculate"), false);
    Portal.byId("lnkDraftSchedule").href = `/Motor/GenerateMotorSchedule?ProposalNo=${answer.ProposalNo}&Draft=true`;
    Portal.show(Portal.byId("lnkDraftSchedule"), true);
    if (Portal.value("userisLocked") !== "true") Portal.show(Portal.byId("BtnmakeLive"), true);
    Portal.success(`Proposal Saved Successfully. The Proposal number is:${answer.ProposalNo} & Quote Number is:${answer.QuoteNo}`);
  }

  document.addEventListener("DOMContentLoaded", () => {
    Portal.byId("btnSave").addEventListener("click", window.SaveInformation);
    Proposal.saveByItself();
    Portal.byId("BtnmakeLive").addEventListener("click", () => Portal.byId("frmMakeLive").submit());
  });
})();
