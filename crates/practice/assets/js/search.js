// Policy search by proposal number or chassis number.
window.GetPolicySearchDetails = async () => {
  const text = Portal.value("txtSearchText");
  const by = document.querySelector("input[name=SearchBy]:checked").value;
  if (!Portal.allFine([[text !== "", "Please Enter search text", "txtSearchText"]])) return;
  const answer = await Portal.post("/Policy/GetPolicySearchDetails", { SearchText: text, SearchBy: by });
  if (answer !== null) Portal.byId("divPolicySearchResult").innerHTML = answer;
};
