fill($id('IDVVehicle'), String(given.idv));
if ($id('ChkBox24').checked !== given.paCover) {
  $id('ChkBox24').click();
  $id(given.ownerHasLicence ? 'OnYesofDL' : 'OnNoofDL').click();
}
check($id('ChkBox10'), given.zeroDepreciation);
check($id('ChkBox500'), given.helmetCover);
check($id('IsRegistrationAddresssame'), given.isRegistrationAddressSame);
await until(() => $id('objRegistrationAddressAddress1').value !== '');
check($id('VehicleHypothicated'), given.hasFinancier);
await until(idle);
$id('btnCalculate').click();
await until(() => $id('btnSave').style.display !== 'none' && idle());
