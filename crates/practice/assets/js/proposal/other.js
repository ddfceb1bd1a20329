// Other details and Calculate Premium.
(() => {
  const CALCULATE_REFUSED = "00000000001";
  const has = (id) => Portal.value(id) !== "";

  // Also run by the address's events, and it always clears the name: fill the name last.
  window.VehicleHypothicate = () => {
    const on = Portal.byId("VehicleHypothicated").checked;
    ["DivFinancierType", "DivFinancierName", "DivFinancierAddress"].forEach((id) => Portal.show(Portal.byId(id), on));
    Portal.set("AutoFinancierName", "");
  };

  window.ValidateFinancierName = () => {
    const widget = Portal.widgets.AutoFinancierName;
    if (has("AutoFinancierName") && !widget.chosen) {
      Portal.set("AutoFinancierName", "");
      Portal.errors([{ text: "Please select valid Financier Name", control: "AutoFinancierName" }]);
    }
  };

  window.showCommAddress = async () => {
    const same = Portal.byId("IsRegistrationAddresssame").checked;
    await Portal.pause(2000);
    Proposal.fillAddress("objRegistrationAddress", same ? Proposal.readAddress("objAddress") : {});
    window.VehicleHypothicate();
  };

  function checks() {
    const on = Portal.byId("VehicleHypothicated").checked;
    const [low, high, idv] = ["IDVLow", "IDVHigh", "IDVVehicle"].map((id) => Number(Portal.value(id)));
    const nominee = Portal.byId("ChkBox24").checked;
    return [
      [has("EngineNumberVehicle"), "Please Enter Engine Number", "EngineNumberVehicle"],
      [has("ChasisNumberVehicle"), "Please Enter Chassis Number", "ChasisNumberVehicle"],
      [idv > 0, "Vehicle IDV should not be Zero(0).", "IDVVehicle"],
      [idv === 0 || (idv >= low && idv <= high), `Vehicle IDV should be between ${low} and ${high}`, "IDVVehicle"],
      [!nominee || has("txtPAOwnerCoverNomineeName"), "Please enter Nominee Name", "txtPAOwnerCoverNomineeName"],
      [!nominee || has("Nominee_RelationshipOwnerDriver"), "Please select Nominee Relationship", "Nominee_RelationshipOwnerDriver"],
      [!nominee || has("txtNomineeAge"), "Please enter Nominee Date of Birth", "Nominee_Date_Birth"],
      [!on || has("FinancierType"), "Please select Financier Type", "FinancierType"],
      [!on || has("AutoFinancierName"), "Please enter Financier Name", "AutoFinancierName"],
      [!on || has("FinancierAddressVehicle"), "Please enter Financier Address", "FinancierAddressVehicle"],
      [has("objRegistrationAddressddlArea"), "Please select Registration PinCode", "objRegistrationAddressddlArea"],
    ];
  }

  window.ButtonCalculate = async () => {
    Proposal.hideSave();
    if (!Portal.allFine(checks())) return;
    const answer = await Portal.post("/Motor/CalculatePremium", Portal.byId("frm"));
    if (answer === null) return;
    if (answer.endsWith(CALCULATE_REFUSED)) {
      const text = answer.slice(0, -CALCULATE_REFUSED.length);
      return Portal.errors(text.split("||").map((part) => ({ text: part })));
    }
    showPremium(answer);
  };

  function showPremium(html) {
    const box = Portal.byId("divPremiumSummaryAndPayment");
    box.innerHTML = html;
    const net = Number(Portal.byId("premiumFacts").dataset.net);
    Portal.flags = {};
    Portal.behave(box);
    if (net <= 0) return Portal.errors([{ text: "Internal Error Occured in the system : Please contact Administrator" }]);
    Portal.set("hdnNetPremium", net);
    Portal.set("HdnInsurancePremium", net);
    if (Portal.flags.idv_overwrite) Portal.set("IDVVehicle", Portal.value("ActualIDVVehicle"));
    if (Portal.flags.clear_financier) Portal.set("AutoFinancierName", "");
    if (Portal.flags.inspection) return askForInspection();
    Proposal.offerSave();
  }

  function askForInspection() {
    Portal.openDialog("divInspectionDialog", "Inspection", {
      Yes: () => Portal.openDialog("divInspectionAddressDialog", "Inspection Address", { Yes: Proposal.offerSave, No: () => {} }),
      No: () => Portal.errors([{ text: "Inspection is Mandatory for this vehicle", control: "btnCalculate" }]),
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    Portal.byId("VehicleHypothicated").addEventListener("change", window.VehicleHypothicate);
    Portal.byId("FinancierAddressVehicle").addEventListener("change", window.VehicleHypothicate);
    Portal.byId("AutoFinancierName").addEventListener("blur", window.ValidateFinancierName);
    Portal.byId("IsRegistrationAddresssame").addEventListener("change", window.showCommAddress);
    Portal.byId("btnCalculate").addEventListener("click", window.ButtonCalculate);
    Portal.byId("pnlOtherDetails").addEventListener("change", () => Proposal.hideSave());
    window.VehicleHypothicate();
  });
})();
