//! Proving the chain of a store.

use super::{Break, KeptHead, Link, Verified, Verifier};
use crate::{Store, StoreError};

/// Entries that are read at once.
const PAGE: u32 = 1_000;

/// Goes through all of a store's audit, up to the first entry that is wrong. `each` sees every entry before it is judged.
///
/// Others may write meanwhile; what they add is proved too, as far as it is met.
pub async fn verify(
    store: &dyn Store,
    kept: Option<KeptHead>,
    mut each: impl FnMut(&Link) + Send,
) -> Result<Result<Verified, Break>, StoreError> {
    let mut verifier = Verifier::new(kept);
    loop {
        let links = store.links(verifier.last(), PAGE).await?;
        for link in &links {
            each(link);
            if let Err(broken) = verifier.take(link) {
                return Ok(Err(broken));
            }
        }
        if links.len() < PAGE as usize {
            return Ok(verifier.finish());
        }
    }
}
