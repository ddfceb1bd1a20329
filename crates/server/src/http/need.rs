//! What a route asks of its caller.

use crate::access::Role;

/// What a route asks of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// Nothing: whoever can connect may ask.
    Everyone,
    /// This role, or one that may do more.
    AtLeast(Role),
}

impl From<Role> for Need {
    fn from(role: Role) -> Self {
        Self::AtLeast(role)
    }
}
