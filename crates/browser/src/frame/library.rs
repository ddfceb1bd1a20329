//! The script that works in pages. It lives in an isolated world, so a page's own scripts can neither see nor change
//! it, and is put into every document before the first script of the page. Values never become part of it: they
//! travel as arguments.

/// The name of the isolated world.
pub(crate) const WORLD: &str = "formhand";

/// The binding by which a script says that it begins to change the page, and asks for the mouse and the keys.
pub(crate) const ASK: &str = "formhandAsk";

/// The whole library.
pub(crate) const LIBRARY: &str = concat!(
    "(() => { if (globalThis.__formhand) return; const F = {};\n",
    include_str!("../script/dom.js"),
    include_str!("../script/find.js"),
    include_str!("../script/wait.js"),
    include_str!("../script/actionable.js"),
    include_str!("../script/hands.js"),
    include_str!("../script/mouse.js"),
    include_str!("../script/list.js"),
    include_str!("../script/act.js"),
    include_str!("../script/element.js"),
    include_str!("../script/condition.js"),
    include_str!("../script/read.js"),
    include_str!("../script/look.js"),
    include_str!("../script/storage.js"),
    include_str!("../script/clone.js"),
    include_str!("../script/databases.js"),
    include_str!("../script/sensitive.js"),
    include_str!("../script/mask.js"),
    include_str!("../script/snapshot.js"),
    "Object.defineProperty(globalThis, '__formhand', { value: F }); })();\n",
);

/// Calls a function of the library by name; says when the library is not there.
pub(crate) const CALL: &str = "function (name, ...args) { return globalThis.__formhand ? __formhand[name](...args) : '__missing'; }";
