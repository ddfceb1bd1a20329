//! What of the master's session a context clone is made of.

use std::collections::BTreeSet;

use formhand_browser::StorageParts;
use formhand_portal::Carried;

/// The parts of the browser's storage that the definition says a clone carries.
pub(crate) fn parts(carried: &BTreeSet<Carried>) -> StorageParts {
    StorageParts {
        cookies: carried.contains(&Carried::Cookies),
        local_storage: carried.contains(&Carried::LocalStorage),
        session_storage: carried.contains(&Carried::SessionStorage),
        indexed_db: carried.contains(&Carried::IndexedDb),
    }
}
