// KYC: choose a method, choose a document, upload two files, go on.
(() => {
  const step = (id) => document.querySelectorAll(".kyc-step").forEach((part) => Portal.show(part, part.id === id));

  function chooseMethod(event) {
    document.querySelectorAll(".method-option").forEach((option) => option.classList.remove("selected"));
    event.currentTarget.classList.add("selected");
    event.currentTarget.querySelector("input").checked = true;
  }

  async function openUpload() {
    await Portal.pause(1500);
    step("kycUpload");
  }

  // The file input exists only after a click on its zone.
  function openZone(event) {
    const zone = event.currentTarget;
    if (zone.querySelector("input")) return;
    const input = Portal.make("input", { type: "file", name: zone.dataset.file, accept: ".jpg,.jpeg,.png,.pdf" });
    input.addEventListener("change", () => {
      zone.querySelector(".file-name").textContent = input.files[0] ? input.files[0].name : "";
    });
    zone.append(input);
  }

  async function upload() {
    const files = [...document.querySelectorAll(".drop-zone input")].filter((input) => input.files.length === 1);
    const box = Portal.byId("kycAlert");
    box.textContent = files.length === 2 ? "" : "Please upload both documents";
    Portal.show(box, files.length !== 2);
    if (files.length !== 2) return;
    const data = new FormData();
    files.forEach((input) => data.append(input.name, input.files[0]));
    const text = await Portal.call("POST", `/Kyc/Upload?proposal=${encodeURIComponent(document.body.dataset.proposal || Portal.value("kycProposal"))}`, data);
    if (text === null) return;
    const answer = JSON.parse(text);
    box.textContent = answer.message;
    Portal.show(box, !answer.accepted);
    if (answer.accepted) step("kycDone");
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".method-option").forEach((option) => option.addEventListener("click", chooseMethod));
    document.querySelectorAll(".drop-zone").forEach((zone) => zone.addEventListener("click", openZone));
    Portal.byId("continueBtn").addEventListener("click", () => {
      if (document.querySelector("input[name=selectedOption]:checked")) step("kycDocuments");
    });
    document.querySelector("[ng-click*=\"selectDoc('upload')\"]").addEventListener("click", openUpload);
    document.querySelector("[ng-click='uploadFilesToAPI()']").addEventListener("click", upload);
    document.querySelector("[ng-click='redirectToURL()']").addEventListener("click", () => window.close());
    step("kycMethod");
  });
})();
