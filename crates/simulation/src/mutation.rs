//! Ways to break the protocol, planted to show that the simulation finds them.

use std::{fmt, str::FromStr};

/// One way to break the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mutation {
    /// A job whose submit was allowed goes back to the queue when its server is gone.
    RequeueArmed,
    /// A server writes with whatever token is the job's present one.
    ClaimWithoutToken,
    /// The click is made before it is recorded that it may be.
    ArmAfterClick,
    /// A search that finds nothing counts at once, while the old attempt can still act.
    LookupWithoutSettling,
    /// A search that finds nothing counts after the settle time, while the old session lives.
    SettleWithoutLogin,
    /// The request passes the gate without a record of it.
    CrossWithoutWrite,
}

impl Mutation {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::RequeueArmed,
        Self::ClaimWithoutToken,
        Self::ArmAfterClick,
        Self::LookupWithoutSettling,
        Self::SettleWithoutLogin,
        Self::CrossWithoutWrite,
    ];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::RequeueArmed => "requeue-armed",
            Self::ClaimWithoutToken => "claim-without-token",
            Self::ArmAfterClick => "arm-after-click",
            Self::LookupWithoutSettling => "lookup-without-settling",
            Self::SettleWithoutLogin => "settle-without-login",
            Self::CrossWithoutWrite => "cross-without-write",
        }
    }
}

/// No mutation has this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownMutation(String);

impl fmt::Display for UnknownMutation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Mutation::ALL.map(Mutation::name).join(", ");
        write!(f, "{:?} is no mutation: expected one of {names}", self.0)
    }
}

impl std::error::Error for UnknownMutation {}

impl FromStr for Mutation {
    type Err = UnknownMutation;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut all = Self::ALL.into_iter();
        all.find(|mutation| mutation.name() == text)
            .ok_or_else(|| UnknownMutation(text.to_owned()))
    }
}
