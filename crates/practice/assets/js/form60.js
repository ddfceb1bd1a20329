// The Form 60 frame: checks, asks the server, fills the parent page and closes the window.
(() => {
  const byName = (name) => document.getElementsByName(name)[0];

  function maskDate(input) {
    const digits = input.value.replace(/\D/g, "").slice(0, 8);
    const parts = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)];
    input.value = parts.filter((part) => part !== "").join("-");
  }

  function fillSelect(id, value) {
    Portal.byId(id).replaceChildren(new Option(value, value, true, true));
  }

  async function stateChanged() {
    await Portal.pause(1500);
    ["town", "district", "pincode"].forEach((id) => fillSelect(id, ""));
    Portal.set("pincodesearch", "");
  }

  async function pincodeChosen(item) {
    Portal.byId("form60Loader").style.display = "block";
    await Portal.pause(1000);
    fillSelect("town", item.City);
    fillSelect("district", item.District);
    fillSelect("pincode", item.Pincode);
    Portal.byId("area60").value = item.Area;
    Portal.byId("pinState").value = item.StateId;
    Portal.byId("form60Loader").style.display = "none";
  }

  function problems() {
    const need = [
      ["proposerTitle1", "Please select Title"], ["FirstName", "Please Enter First Name"],
      ["LastName", "Please Enter Last Name"], ["dob", "Please Enter Date of Birth"],
      ["flat", "Please Enter Flat/Door No"], ["road", "Please Enter Road/Street"],
      ["area", "Please Enter Area/Locality"], ["state", "Please select State"],
      ["pincode", "Please select Pincode"], ["mobileno", "Please Enter Mobile Number"],
    ];
    const wrong = need.filter(([id]) => !Portal.value(id)).map(([, text]) => text);
    if (!byName("FatherFirstName").value.trim()) wrong.push("Please Enter Father First Name");
    if (Portal.value("dob") && !Portal.date(Portal.value("dob"))) wrong.push("Please Enter valid Date of Birth");
    if (Portal.value("pincode") && Portal.value("pinState") !== Portal.value("state")) {
      wrong.push("Pincode does not belong to selected State");
    }
    return wrong;
  }

  async function submit() {
    const wrong = problems();
    const box = Portal.byId("form60Errors");
    box.replaceChildren(...wrong.map((text) => Portal.make("span", { class: "text-danger" }, text)));
    if (wrong.length > 0) return;
    const form = Portal.byId("frmForm60");
    const answer = await Portal.postJson("/Policy/SaveForm60", form);
    if (answer === null) return;
    const values = Object.fromEntries(new FormData(form));
    values.areaName = Portal.value("area60");
    window.parent.Form60Done(answer.fills ? values : null);
  }

  document.addEventListener("DOMContentLoaded", () => {
    Portal.byId("dob").addEventListener("input", (event) => maskDate(event.target));
    Portal.byId("state").addEventListener("change", stateChanged);
    Portal.widgets.pincodesearch.onSelect(pincodeChosen);
    Portal.widgets.pincodesearch.onClear(() => ["town", "district", "pincode"].forEach((id) => fillSelect(id, "")));
    Portal.byId("btnSubmit").addEventListener("click", submit);
  });
})();
