//! The one download that a context may wait for, and what is known of it.

use tokio::sync::watch;

/// The one download that a context may wait for.
pub(crate) struct DownloadSlot(watch::Sender<Slot>);

/// What is known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slot {
    /// None is waited for.
    Shut,
    /// One is waited for.
    Open,
    /// It has begun.
    Begun(Begun),
}

/// A download that has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Begun {
    /// Chromium's id of it, which is also the name of its file.
    pub(super) id: String,
    /// What the server calls it. Nothing is known of it: it can hold paths and anything else.
    pub(super) name: String,
    pub(super) received_bytes: u64,
    /// How much there is, as the server says; 0 if it does not.
    pub(super) total_bytes: u64,
    pub(super) state: State,
}

/// How far it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Coming,
    Whole,
    Cut,
}

impl Default for DownloadSlot {
    fn default() -> Self {
        Self(watch::Sender::new(Slot::Shut))
    }
}

impl DownloadSlot {
    /// Waits for one from now on. False if one is waited for already.
    pub(super) fn open(&self) -> bool {
        self.0.send_if_modified(|slot| {
            let is_free = *slot == Slot::Shut;
            if is_free {
                *slot = Slot::Open;
            }
            is_free
        })
    }

    /// Waits for none any more. Gives the one that has begun.
    pub(super) fn shut(&self) -> Option<Begun> {
        match self.0.send_replace(Slot::Shut) {
            Slot::Begun(begun) => Some(begun),
            Slot::Shut | Slot::Open => None,
        }
    }

    /// A download begins. False if it is not the one that is waited for.
    pub(super) fn begin(&self, id: &str, name: &str) -> bool {
        self.0.send_if_modified(|slot| {
            let is_wanted = *slot == Slot::Open;
            if is_wanted {
                *slot = Slot::Begun(Begun {
                    id: id.to_owned(),
                    name: name.to_owned(),
                    received_bytes: 0,
                    total_bytes: 0,
                    state: State::Coming,
                });
            }
            is_wanted
        })
    }

    /// The download with this id has come further. False if it is another one.
    pub(super) fn advance(&self, id: &str, change: impl FnOnce(&mut Begun)) -> bool {
        self.0.send_if_modified(|slot| match slot {
            Slot::Begun(begun) if begun.id == id => {
                change(begun);
                true
            }
            _ => false,
        })
    }

    pub(super) fn watch(&self) -> watch::Receiver<Slot> {
        self.0.subscribe()
    }

    /// Whether one is waited for that has not begun.
    pub(super) fn is_open(&self) -> bool {
        *self.0.borrow() == Slot::Open
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_first_download_is_the_one_that_is_waited_for() {
        let slot = DownloadSlot::default();
        assert!(!slot.begin("a", "unasked.pdf"));
        assert!(slot.open());
        assert!(!slot.open());
        assert!(slot.begin("b", "asked.pdf"));
        assert!(!slot.begin("c", "second.pdf"));
        assert!(!slot.advance("c", |begun| begun.state = State::Whole));
        assert_eq!(slot.shut().map(|begun| begun.id).as_deref(), Some("b"));
    }
}
