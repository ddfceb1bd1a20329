// The covers: rendered anew by every Get Coverage Details.
(() => {
  const set = (id, value) => Portal.set(id, value);

  Proposal.showCovers = (html) => {
    const box = Portal.byId("DivCoverDetails");
    box.innerHTML = html;
    Portal.dress(box);
    const { idv, low, high } = Portal.byId("coverFacts").dataset;
    set("IDVVehicle", idv);
    set("ActualIDVVehicle", idv);
    set("IDVLow", low);
    set("IDVHigh", high);
    Portal.byId("lblIDVRange").textContent = `Allowed: ${low} to ${high}`;
    // The script ticks it for individuals, whatever was there before.
    Portal.byId("ChkBox24").checked = Portal.value("ddlClientType") === "0";
    showNominee();
    wire();
  };

  function showNominee() {
    const kept = Portal.byId("ChkBox24").checked;
    Portal.show(Portal.byId("ImgExpand1"), kept);
    if (!kept) Portal.show(Portal.byId("divNominee"), false);
  }

  function askForLicence() {
    Portal.byId("OnYesofDL").checked = Portal.byId("OnNoofDL").checked = false;
    const close = Portal.openDialog("divDrivingLicence", "Driving Licence", {});
    const answer = (id, value) => {
      Portal.byId(id).onchange = () => {
        set("HdnOnYesofDL", value);
        close();
      };
    };
    answer("OnYesofDL", "true");
    answer("OnNoofDL", "false");
  }

  window.OnchangeofRelatioship = (relation) => Portal.show(Portal.byId("divOtherRelation"), relation === "6");

  function nomineeAge() {
    const age = Portal.age(Portal.value("Nominee_Date_Birth"));
    set("txtNomineeAge", Number.isNaN(age) ? "" : age);
    Portal.show(Portal.byId("divAppointee"), age < 18);
  }

  window.validateNildepriciation = () => {
    const on = Portal.byId("ChkBox10").checked;
    set("txtNilDepriciationRate", on ? "0.35" : "");
  };

  // A change of covers after the calculation voids the premium.
  function wire() {
    Portal.byId("ChkBox24").addEventListener("change", (event) => {
      showNominee();
      if (!event.target.checked) askForLicence();
    });
    Portal.byId("ChkBox10").addEventListener("change", window.validateNildepriciation);
    Portal.byId("ImgExpand1").addEventListener("click", () => {
      const box = Portal.byId("divNominee");
      Portal.show(box, box.style.display === "none");
    });
    Portal.widgets.Nominee_RelationshipOwnerDriver.onChange(window.OnchangeofRelatioship);
    Portal.widgets.Nominee_Date_Birth.onChange(nomineeAge);
    Portal.byId("txtNomineeAge").addEventListener("change", () => Portal.show(Portal.byId("divAppointee"), Number(Portal.value("txtNomineeAge")) < 18));
  }

  document.addEventListener("DOMContentLoaded", () => {
    Portal.byId("DivCoverDetails").addEventListener("change", () => Proposal.hideSave());
  });
})();
