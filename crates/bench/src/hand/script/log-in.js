$id('txtUserName').value = given.user;
$id('txtPassword').value = given.password;
$id('CaptchaInputText').value = given.captcha;
// Later, so that this call is answered before its document goes.
setTimeout(() => $id('btnLogin').click(), 0);
