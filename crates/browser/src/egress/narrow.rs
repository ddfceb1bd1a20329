//! Who may go out while a commit request is out. Pure; no I/O.

/// A connection's number, in the order of their opening.
pub(super) type Number = u64;

/// How wide the way is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Width {
    /// Anything may go out.
    #[default]
    Open,
    /// A commit request is about to go out, on the next connection that is made.
    Narrow,
    /// The commit request is out, on this connection or on its way to it.
    Taken {
        /// The connection.
        by: Number,
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
    /// A connection wants to go to the outside. The second part is the width from then on.
    pub(super) fn enter(self, number: Number) -> (Entry, Self) {
        match self {
            Self::Open => (Entry::Go, self),
            Self::Narrow => (Entry::Go, Self::Taken { by: number }),
            Self::Taken { .. } => (Entry::Wait, self),
            Self::Spent | Self::Closed => (Entry::Refuse, self),
        }
    }

    /// Whether a connection may carry bytes of the page to the outside now.
    pub(super) fn may_send(self, number: Number) -> bool {
        match self {
            Self::Open => true,
            Self::Taken { by } => by == number,
            Self::Narrow | Self::Spent | Self::Closed => false,
        }
    }

    /// A connection has not come about, so it has carried nothing: another one may take its place.
    pub(super) fn failed(self, number: Number) -> Self {
        match self {
            Self::Taken { by } if by == number => Self::Narrow,
            other => other,
        }
    }

    /// A connection has ended.
    pub(super) fn left(self, number: Number) -> Self {
        match self {
            Self::Taken { by } if by == number => Self::Spent,
            other => other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn while_narrow_one_new_connection_goes_out_and_no_other() {
        let narrow = Width::Narrow;
        assert!(
            !narrow.may_send(4),
            "an old connection carries nothing more"
        );
        let (entry, taken) = narrow.enter(5);
        assert_eq!((entry, taken), (Entry::Go, Width::Taken { by: 5 }));
        assert!(taken.may_send(5) && !taken.may_send(4));
        assert_eq!(taken.enter(6).0, Entry::Wait);
    }

    #[test]
    fn when_that_connection_ends_without_an_answer_nothing_is_sent_again() {
        let spent = Width::Taken { by: 5 }.left(5);
        assert_eq!(spent.enter(6), (Entry::Refuse, Width::Spent));
        assert!(!spent.may_send(6));
        assert_eq!(Width::Taken { by: 5 }.left(4), Width::Taken { by: 5 });
    }

    #[test]
    fn a_connection_that_does_not_come_about_leaves_the_way_to_the_next() {
        let narrow = Width::Taken { by: 5 }.failed(5);
        assert_eq!(narrow.left(5), Width::Narrow);
        assert_eq!(narrow.enter(6), (Entry::Go, Width::Taken { by: 6 }));
        assert_eq!(Width::Taken { by: 6 }.failed(5), Width::Taken { by: 6 });
        assert_eq!(Width::Spent.failed(5), Width::Spent);
    }
}
