await on('/Home/Home');
return [...document.querySelectorAll('#divSubMotors li a')].find((a) => a.textContent.trim() === 'Two Wheeler').href;
