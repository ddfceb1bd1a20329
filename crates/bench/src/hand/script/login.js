await on('/Login/IMDLogin');
return $id('CaptchaDeText').value;
