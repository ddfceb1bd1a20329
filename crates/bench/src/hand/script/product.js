const skip = () => [...document.querySelectorAll('#divMainPage a')].find((a) => a.textContent === 'Skip To Main Page');
await on('/Motor/PartialQuoteProducTypes');
// The page asks for the first product by itself; choosing before that answer is there lets two answers race.
await until(() => skip() && idle());
await pick('ddlMotorProducts', 'Two Wheeler Package Bundled (Only New Veh.)');
await until(() => $id('HdnQuoteProductCode').value === '2375' && idle());
return skip().href;
