await on('/Home/Home');
return Boolean($id('divLogout'));
