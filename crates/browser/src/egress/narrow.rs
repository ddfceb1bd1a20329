//! Who may go out while a commit request is out. Pure; no I/O.

use std::sync::Arc;

use url::Url;

/// A connection's number, in the order of their opening.
pub(super) type Number = u64;

/// Where a connection goes, without its port: a browser that knows better than the form's address takes the safe one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Host(Arc<str>);

impl Host {
    /// The host of an address; none if it has none.
    pub(crate) fn of(url: &str) -> Option<Self> {
        Url::parse(url).ok()?.host_str().map(Self::new)
    }

    /// A host as a browser names it.
    pub(super) fn new(name: &str) -> Self {
        let bare = name.trim_matches(['[', ']']).trim_end_matches('.');
        Self(bare.to_ascii_lowercase().into())
    }
}

/// How wide the way is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum Width {
    /// Anything may go out.
    #[default]
    Open,
    /// A commit request is about to go out, on the next connection that is made to its host.
    Narrow {
        /// Its host.
        host: Host,
    },
    /// The commit request is out, on this connection or on its way to it.
    Taken {
        /// The connection.
        by: Number,
        /// Where it goes.
        host: Host,
    },
    /// That connection has ended and the commit request has no answer: nothing is sent a second time.
    Spent,
    /// For good.
    Closed,
}

/// What a new connection gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// It may connect.
    Go,
    /// It has to wait for the way to change.
    Wait,
    /// It is refused.
    Refuse,
}

impl Width {
    /// A connection wants to go to a host outside. The second part is the width from then on.
    pub(super) fn enter(self, number: Number, to: &Host) -> (Entry, Self) {
        match self {
            Self::Open => (Entry::Go, self),
            Self::Narrow { host } if host == *to => (Entry::Go, Self::Taken { by: number, host }),
            // A browser has errands of its own; they have time.
            Self::Narrow { .. } | Self::Taken { .. } => (Entry::Wait, self),
            Self::Spent | Self::Closed => (Entry::Refuse, self),
        }
    }

    /// Whether a connection may carry bytes of the page to the outside now.
    pub(super) fn may_send(&self, number: Number) -> bool {
        match self {
            Self::Open => true,
            Self::Taken { by, .. } => *by == number,
            Self::Narrow { .. } | Self::Spent | Self::Closed => false,
        }
    }

    /// A connection has not come about, so it has carried nothing: another one may take its place.
    pub(super) fn failed(self, number: Number) -> Self {
        match self {
            Self::Taken { by, host } if by == number => Self::Narrow { host },
            other => other,
        }
    }

    /// A connection has ended.
    pub(super) fn left(self, number: Number) -> Self {
        match self {
            Self::Taken { by, .. } if by == number => Self::Spent,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn portal() -> Host {
        Host::new("portal.example")
    }

    fn narrow() -> Width {
        Width::Narrow { host: portal() }
    }

    fn taken(by: Number) -> Width {
        let host = portal();
        Width::Taken { by, host }
    }

    #[test]
    fn while_narrow_one_new_connection_goes_out_and_no_other() {
        assert!(
            !narrow().may_send(4),
            "an old connection carries nothing more"
        );
        assert_eq!(narrow().enter(5, &portal()), (Entry::Go, taken(5)));
        assert!(taken(5).may_send(5) && !taken(5).may_send(4));
        assert_eq!(taken(5).enter(6, &portal()).0, Entry::Wait);
    }

    #[test]
    fn an_errand_to_elsewhere_waits_and_leaves_the_way_to_the_commit() {
        let elsewhere = Host::new("updates.example");
        assert_eq!(narrow().enter(5, &elsewhere), (Entry::Wait, narrow()));
        assert_eq!(narrow().enter(6, &portal()), (Entry::Go, taken(6)));
    }

    #[test]
    fn a_host_is_the_same_however_a_browser_writes_it() {
        for (url, name) in [
            ("https://Portal.Example/save?x=1", "portal.example."),
            ("http://127.0.0.1:8080/save", "127.0.0.1"),
            ("http://[::1]:8080/save", "::1"),
            ("https://bücher.example/", "xn--bcher-kva.example"),
        ] {
            assert_eq!(Host::of(url), Some(Host::new(name)), "{url}");
        }
        assert_eq!(Host::of("about:blank"), None);
    }

    #[test]
    fn when_that_connection_ends_without_an_answer_nothing_is_sent_again() {
        let spent = taken(5).left(5);
        assert_eq!(
            spent.clone().enter(6, &portal()),
            (Entry::Refuse, Width::Spent)
        );
        assert!(!spent.may_send(6));
        assert_eq!(taken(5).left(4), taken(5));
    }

    #[test]
    fn a_connection_that_does_not_come_about_leaves_the_way_to_the_next() {
        let again = taken(5).failed(5);
        assert_eq!(again.clone().left(5), narrow());
        assert_eq!(again.enter(6, &portal()), (Entry::Go, taken(6)));
        assert_eq!(taken(6).failed(5), taken(6));
        assert_eq!(Width::Spent.failed(5), Width::Spent);
    }
}
