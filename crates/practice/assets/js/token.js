// Between the login and the dashboard: keeps the token, then goes on.
(async () => {
  const { carrier, token, home } = JSON.parse(Portal.byId("loginFacts").textContent);
  await Portal.carriers[carrier].write(token);
  location.replace(home);
})();
