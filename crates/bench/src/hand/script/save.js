$id('btnSave').click();
return until(() => /Proposal number is:(R\d{11})/.exec($id('containerMain').textContent)?.[1]);
