// Vehicle section and Get Coverage Details.
(() => {
  const LATER_PANELS = ["pnlCoverageDetails", "pnlInceptionDetails", "uploadDocumentSection", "pnlOtherDetails"];
  const COVERAGE_REFUSED = "12345678910";
  const has = (id) => Portal.value(id) !== "";

  // An earlier section was touched after the covers were fetched: everything later is void.
  Proposal.changed = (what) => {
    if (!Proposal.coverageDone) return;
    Proposal.coverageDone = false;
    Portal.enablePanels([...LATER_PANELS, "pnlPremiumSummaryAndPayment"], false);
    Proposal.hideSave();
    Portal.errors([{ text: `${what} has been changed, Get Coverage Details/EditCover is Mandatory`, control: "btnFetchIDV" }]);
  };

  function modelChosen(item) {
    Portal.set("VehicleModelId", item.Id);
    Portal.set("VehicleDetails_VehicleSegment", item.Segment);
    Portal.set("VehicleDetails_CubicCapacity", item.CC);
    Portal.set("VehicleDetails_SeatingCapacity", item.Seating);
    Portal.set("VehicleDetails_LCC", "0");
    Portal.set("txtNoWheels", item.Wheels);
    Portal.set("TypeOfFuelVehicle", item.Fuel);
    loadPrice();
  }

  function modelCleared() {
    ["VehicleModelId", "VehicleDetails_VehicleSegment", "VehicleDetails_CubicCapacity", "VehicleDetails_SeatingCapacity",
      "VehicleDetails_LCC", "txtNoWheels", "TypeOfFuelVehicle", "ExShowroomPriceVehicle"].forEach((id) => Portal.set(id, ""));
  }

  async function loadPrice() {
    if (!has("RTOId") || !has("VehicleModelId")) return;
    const answer = await Portal.getJson("/Motor/FetchRTOStateandRegion", { id: Portal.value("RTOId"), model: Portal.value("VehicleModelId") });
    if (answer === null) return;
    Portal.set("Vehicle_Zone", answer.Zone);
    Portal.set("ExShowroomPriceVehicle", answer.ExShowroomPrice);
  }

  async function yearChosen(year) {
    Portal.widgets.Manufacturing_MonthVehicle.setItems([]);
    if (year === "") return;
    const months = await Portal.getJson("/Policy/ManufacturingMonthAndYear", { year });
    if (months !== null) Portal.widgets.Manufacturing_MonthVehicle.setItems(months);
  }

  window.IsVehicleisNew = () => {
    const isNew = Portal.byId("IsNewVehicle").checked;
    Portal.set("Registration_Number1Vehicle", isNew ? "NEW" : "");
    for (const part of [1, 2, 3, 4]) Portal.byId(`Registration_Number${part}Vehicle`).readOnly = isNew;
  };

  function dateChecks() {
    const bought = Portal.pickedDate("Date_PurchaseVehicle");
    const registered = Portal.pickedDate("Date_RegistrationVehicle");
    const days = bought && registered ? (registered - bought) / 86400000 : 0;
    return [
      [bought !== null, "Please Enter Purchase Date", "Date_PurchaseVehicle"],
      [registered !== null, "Please Enter Registration Date", "Date_RegistrationVehicle"],
      [days >= 0, "Registration Date cannot be less than Purchase Date", "Date_RegistrationVehicle"],
      [days <= 365, "Registration Date cannot be greater than 1 year from Purchase Date", "Date_RegistrationVehicle"],
    ];
  }

  function checks() {
    const discount = Number(Portal.value("Detariff_Discount_Rate"));
    const registration = Portal.byId("IsNewVehicle").checked || has("Registration_Number1Vehicle");
    return [
      [has("VehicleModelId"), "Please enter Vehicle Make Model Variance", "VehicleDetailsMakeModel"],
      ...dateChecks(),
      [has("Manufacturing_YearVehicle"), "Please select Manufacturing Year", "Manufacturing_YearVehicle"],
      [has("Manufacturing_MonthVehicle"), "Please select Manufacturing Month", "Manufacturing_MonthVehicle"],
      [registration, "Please Enter Registration Number", "Registration_Number1Vehicle"],
      [has("RTOId"), "Please provide RTO City/Location", "RTOCityLocation"],
      [has("EngineNumberVehicle"), "Please Enter Engine Number", "EngineNumberVehicle"],
      [has("ChasisNumberVehicle"), "Please Enter Chassis Number", "ChasisNumberVehicle"],
      [has("Detariff_Discount_Rate") && discount !== 0 && Math.abs(discount) <= 100,
        "Detarif Discount should not be 0 and must lie between -100 and 100", "Detariff_Discount_Rate"],
    ];
  }

  window.FetchIDV = async () => {
    if (!Portal.allFine(checks())) return;
    const answer = await Portal.post("/Motor/FetchIDV", Portal.byId("frm"));
    if (answer === null) return;
    if (answer.endsWith(COVERAGE_REFUSED)) {
      const text = answer.slice(0, -COVERAGE_REFUSED.length);
      if (text.includes("Internal")) Portal.enablePanels(LATER_PANELS, false);
      return Portal.errors(text.split("|").map((part) => ({ text: part })));
    }
    Proposal.hideSave();
    Proposal.showCovers(answer);
    Portal.enablePanels(LATER_PANELS, true);
    Portal.enablePanels(["pnlPremiumSummaryAndPayment"], false);
    Portal.show(Portal.byId("btnCalculate"), true);
    Proposal.coverageDone = true;
    Portal.behave(Portal.byId("DivCoverDetails"));
    Proposal.saveByItself();
  };

  // The IDV may be corrected within the range; the premium must be calculated again then.
  window.OnChangeofIDV = () => {
    Proposal.hideSave();
    const [low, high] = [Portal.value("IDVLow"), Portal.value("IDVHigh")].map(Number);
    const idv = Number(Portal.value("IDVVehicle"));
    if (high === 0) return;
    Portal.allFine([
      [idv > 0, "Vehicle IDV should not be Zero(0).", "IDVVehicle"],
      [idv === 0 || (idv >= low && idv <= high), `Vehicle IDV should be between ${low} and ${high}`, "IDVVehicle"],
    ]);
  };

  window.OnChangeofDiscountLoading = () => {
    if (!Proposal.coverageDone) return;
    Proposal.changed("Detariff discount");
    Portal.show(Portal.byId("btnCalculate"), false);
  };

  // Changes in a section, except in fields that have rules of their own.
  function watch(panel, what, except) {
    Portal.byId(panel).addEventListener("change", (event) => {
      if (!except.includes(event.target.id)) Proposal.changed(what);
    });
  }

  document.addEventListener("DOMContentLoaded", () => {
    const years = Number(Portal.config.today.slice(6));
    const list = Array.from({ length: 16 }, (_, back) => ({ Text: String(years - back), Value: String(years - back) }));
    Portal.widgets.Manufacturing_YearVehicle.setItems(list);
    Portal.widgets.Manufacturing_YearVehicle.onChange(yearChosen);
    Portal.widgets.VehicleDetailsMakeModel.onSelect(modelChosen);
    Portal.widgets.VehicleDetailsMakeModel.onClear(modelCleared);
    Portal.widgets.RTOCityLocation.onSelect((item) => {
      Portal.set("RTOId", item.Id);
      loadPrice();
    });
    Portal.widgets.RTOCityLocation.onClear(() => Portal.set("RTOId", ""));
    Portal.widgets.Date_PurchaseVehicle.onChange(() => {
      if (!has("Date_RegistrationVehicle")) Portal.set("Date_RegistrationVehicle", Portal.value("Date_PurchaseVehicle"));
    });
    Portal.byId("IsNewVehicle").addEventListener("change", window.IsVehicleisNew);
    Portal.byId("IDVVehicle").addEventListener("change", window.OnChangeofIDV);
    Portal.byId("Detariff_Discount_Rate").addEventListener("change", window.OnChangeofDiscountLoading);
    Portal.byId("btnFetchIDV").addEventListener("click", window.FetchIDV);
    watch("pnlAgentDetails", "Agent details", []);
    watch("pnlClientWindow", "Customer details", []);
    watch("pnlVehicleDetails", "Vehicle details", ["IDVVehicle", "Detariff_Discount_Rate"]);
  });
})();
