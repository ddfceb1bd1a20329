// Agent and customer sections of the proposal page.
(() => {
  const ADDRESS_FIELDS = ["Address1", "Address2", "Address3", "NearestLandmark", "ddlState", "addrAutoComplete", "ddlDistrict", "ddlCity", "ddlArea"];
  let closeForm60 = () => {};

  window.Proposal = { coverageDone: false };

  // A whole address, by script.
  Proposal.fillAddress = (prefix, address) => {
    for (const part of ["ddlDistrict", "ddlCity", "ddlArea"]) {
      const value = address[part];
      Portal.widgets[prefix + part].setItems(value ? [{ Text: value, Value: value }] : [], value);
    }
    for (const part of ADDRESS_FIELDS) {
      if (!["ddlDistrict", "ddlCity", "ddlArea"].includes(part)) Portal.set(prefix + part, address[part] || "");
    }
  };

  Proposal.readAddress = (prefix) => Object.fromEntries(ADDRESS_FIELDS.map((part) => [part, Portal.value(prefix + part)]));

  Proposal.wireAddress = (prefix) => {
    Portal.widgets[`${prefix}addrAutoComplete`].onSelect((item) => {
      Portal.set(`${prefix}ddlState`, item.StateId);
      for (const [part, value] of [["ddlDistrict", item.District], ["ddlCity", item.City], ["ddlArea", item.Pincode]]) {
        Portal.widgets[prefix + part].setItems([{ Text: value, Value: value }], value);
      }
    });
    Portal.widgets[`${prefix}ddlState`].onChange(async (state) => {
      const items = await Portal.getJson("/Api/Master/GetDistricts", { state });
      if (items !== null) Portal.widgets[`${prefix}ddlDistrict`].setItems(items);
      ["ddlCity", "ddlArea"].forEach((part) => Portal.widgets[prefix + part].setItems([]));
    });
    for (const part of ["Address1", "Address2", "Address3", "NearestLandmark"]) {
      const input = Portal.byId(prefix + part);
      input.addEventListener("blur", () => (input.value = input.value.replace(/[^A-Za-z0-9 ~#*\-/.]/g, "")));
    }
  };

  // The frame calls this. Without values it only closes.
  window.Form60Done = (values) => {
    closeForm60();
    if (values === null) return;
    Portal.set("IsForm60Done", "1");
    const salutation = [...Portal.byId("ddlSalutation").options].find((option) => option.text === values.proposerTitle1);
    Portal.set("ddlSalutation", salutation ? salutation.value : "");
    loadGenders(Portal.value("ddlSalutation"));
    Portal.set("txtFirstName", values.FirstName);
    Portal.set("txtMiddleName", values.MiddleName);
    Portal.set("txtLastName", values.LastName);
    Portal.set("DPDateOfBirth", values.dob);
    Portal.set("txtMobileNumber", values.mobileno);
    const address = {
      Address1: [values.flat, values.floor].filter(Boolean).join(" "),
      Address2: [values.Nameofpremises, values.block].filter(Boolean).join(" "),
      Address3: [values.road, values.area].filter(Boolean).join(" "),
      ddlState: values.state, addrAutoComplete: values.pincodesearch,
      ddlDistrict: values.district, ddlCity: values.town, ddlArea: values.pincode,
    };
    Proposal.fillAddress("objAddress", address);
    if (Portal.byId("chkIsPermanentAddrSame").checked) Proposal.fillAddress("ObjPermanentAddress", address);
  };

  async function loadGenders(salutation) {
    const items = await Portal.getJson("/Api/Master/GetGender", { salutation });
    if (items !== null) Portal.widgets.ddlGender.setItems(items, items.length === 1 ? items[0].Value : "");
  }

  async function panNotAvailable(event) {
    if (!event.target.checked) return;
    await Portal.pause(500);
    closeForm60 = Portal.openWindow("ClientForm60DetailsWindow", "Form 60", "/Policy/Form60");
  }

  const has = (id) => Portal.value(id) !== "";

  function checks() {
    const form60 = Portal.value("IsForm60Done") === "1" || has("txtPanNumber");
    const age = Portal.age(Portal.value("DPDateOfBirth"));
    return [
      [has("ddlobjBranchDetailAgentsHnin"), "Please select Vendor Code in Agent Details section", "ddlobjBranchDetailAgentsHnin"],
      [form60, "Please fill form60 information", "ISPANNotAvailable"],
      [has("ddlClientSubType"), "Please select Client Subtype", "ddlClientSubType"],
      [has("ddlSalutation"), "Please select Salutation", "ddlSalutation"],
      [has("ddlGender"), "Please select Gender", "ddlGender"],
      [has("txtFirstName"), "Please Enter First Name", "txtFirstName"],
      [has("txtLastName"), "Please Enter Last Name", "txtLastName"],
      [has("DPDateOfBirth"), "Please Enter Date of Birth", "DPDateOfBirth"],
      [!has("DPDateOfBirth") || (age >= 18 && age <= 70), "Age should not be less than 18 years and greater than 70 years", "DPDateOfBirth"],
      ...addressChecks("objAddress", "Communication"),
      ...addressChecks("ObjPermanentAddress", "Permanent"),
      [has("txtMobileNumber"), "Please Enter Mobile Number", "txtMobileNumber"],
      [!has("txtMobileNumber") || /^[6-9]/.test(Portal.value("txtMobileNumber")), "Mobile Number should starts with 6, 7, 8 or 9", "txtMobileNumber"],
      [!has("txtMobileNumber") || /^\d{10}$/.test(Portal.value("txtMobileNumber")), "Please Enter valid Mobile Number", "txtMobileNumber"],
      [has("txtEmailID"), "Please enter email address", "txtEmailID"],
      [!has("txtEmailID") || /^\S+@\S+\.\S+$/.test(Portal.value("txtEmailID")), "Please enter valid email address", "txtEmailID"],
    ];
  }

  function addressChecks(prefix, kind) {
    return [
      [has(`${prefix}Address1`), `Please Enter ${kind} Flat/Door No`, `${prefix}Address1`],
      [has(`${prefix}ddlState`), `Please select ${kind} State`, `${prefix}ddlState`],
      [has(`${prefix}ddlDistrict`), `Please select ${kind} District`, `${prefix}ddlDistrict`],
      [has(`${prefix}ddlCity`), `Please select ${kind} City`, `${prefix}ddlCity`],
      [has(`${prefix}ddlArea`), `Please select ${kind} PinCode`, `${prefix}ddlArea`],
    ];
  }

  window.SaveClientDetails = async () => {
    if (!Portal.allFine(checks())) return;
    const answer = await Portal.postJson("/Policy/SaveClientDetails", Portal.byId("frm"));
    if (answer === null) return;
    if (!answer.isSuccess) return Portal.errors(answer.ErrorMsg.split("|").map((text) => ({ text })));
    const accept = () => {
      Portal.set("hdnClientId", answer.ClientId);
      Portal.enablePanels(["pnlVehicleDetails"], true);
    };
    if (!answer.exists) return accept();
    Portal.byId("existingClientId").textContent = answer.ClientId;
    Portal.openDialog("divCustomerAlreadyExist", "Customer Already Exists", {
      Ok: () => Portal.openDialog("divSearchClient", "Search Customer", { Close: () => {} }),
      Cancel: accept,
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    ["objAddress", "ObjPermanentAddress", "objRegistrationAddress"].forEach(Proposal.wireAddress);
    Portal.byId("ISPANNotAvailable").addEventListener("change", panNotAvailable);
    Portal.widgets.ddlSalutation.onChange(loadGenders);
    Portal.widgets.ddlPanVerifyType.onChange((type) => (Portal.byId("txtPanNumber").readOnly = type === ""));
    Portal.byId("chkIsPermanentAddrSame").addEventListener("change", (event) => {
      if (event.target.checked) Proposal.fillAddress("ObjPermanentAddress", Proposal.readAddress("objAddress"));
    });
    Portal.byId("BtnSaveClientDetails").addEventListener("click", window.SaveClientDetails);
    Portal.byId("BtnSearchClient").addEventListener("click", () => Portal.openDialog("divSearchClient", "Search Customer", { Close: () => {} }));
  });
})();
