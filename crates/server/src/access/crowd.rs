//! How many of one kind may be there at once, for each of many.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How many may be there at once, for each `K`.
pub struct Crowd<K: Eq + Hash> {
    most: usize,
    counts: Arc<Mutex<HashMap<K, usize>>>,
}

/// One that is there, until this is dropped.
pub struct Visit<K: Eq + Hash> {
    key: K,
    counts: Arc<Mutex<HashMap<K, usize>>>,
}

impl<K: Eq + Hash + Clone> Crowd<K> {
    /// So many for each.
    pub fn new(most: usize) -> Self {
        Self {
            most,
            counts: Arc::default(),
        }
    }

    /// Lets one more in, if there is room.
    pub fn enter(&self, key: K) -> Option<Visit<K>> {
        let mut counts = lock(&self.counts);
        let count = counts.entry(key.clone()).or_default();
        if *count >= self.most {
            return None;
        }
        *count += 1;
        let counts = Arc::clone(&self.counts);
        Some(Visit { key, counts })
    }
}

impl<K: Eq + Hash> Drop for Visit<K> {
    fn drop(&mut self) {
        let mut counts = lock(&self.counts);
        if let Some(count) = counts.get_mut(&self.key) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.key);
            }
        }
    }
}

fn lock<K>(counts: &Mutex<HashMap<K, usize>>) -> MutexGuard<'_, HashMap<K, usize>> {
    // A count is whole whatever happened to whoever held the lock.
    counts.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_room_again_when_one_leaves() {
        let crowd = Crowd::new(2);
        let first = crowd.enter("a");
        let second = crowd.enter("a");
        assert!(first.is_some() && second.is_some() && crowd.enter("a").is_none());
        assert!(crowd.enter("b").is_some(), "others have room of their own");
        drop(first);
        assert!(crowd.enter("a").is_some());
        drop(second);
        assert!(lock(&crowd.counts).is_empty(), "nothing stays behind");
    }
}
