//! Who asks.

use super::Role;

/// Who asks, and what that caller may do. Every request that passed has one, as an extension.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// The token's name, for the log and the audit. Never a secret.
    pub name: String,
    /// What the caller may do.
    pub role: Role,
    /// How the caller came.
    pub via: Via,
}

/// How a caller came.
#[derive(Clone, PartialEq, Eq)]
pub enum Via {
    /// With a token, in the `Authorization` header.
    Token,
    /// With the cookie of a login.
    Session {
        /// What forms and scripts of our pages send with whatever changes something: as the field `csrf` or the header
        /// `X-CSRF-Token`.
        csrf: String,
    },
    /// With nothing, from this machine, where `open_reads` lets everyone read.
    Local,
}

impl Caller {
    /// The name of the one token that needs no configuration.
    pub const SERVER: &'static str = "server";

    /// The name of whoever reads without a token where that is allowed.
    pub const LOCAL: &'static str = "local";

    /// Whoever reads on this machine without a token.
    pub fn local() -> Self {
        Self {
            name: Self::LOCAL.to_owned(),
            role: Role::Viewer,
            via: Via::Local,
        }
    }

    /// What a page of ours has to send with whatever changes something; nothing for callers who need not, or who may
    /// change nothing.
    pub fn csrf(&self) -> Option<&str> {
        match &self.via {
            Via::Session { csrf } => Some(csrf),
            Via::Token | Via::Local => None,
        }
    }

    /// Who did it, as the audit shows it: the caller, unless a name was given. The token of the server itself is shared
    /// by all who use its machine, so their names stand as they are; whoever has a token of their own cannot put
    /// another's name in its place, only before it.
    pub fn signs(&self, given: Option<String>) -> String {
        match given {
            None => self.name.clone(),
            Some(given) if self.name == Self::SERVER || given == self.name => given,
            Some(given) => format!("{given} ({})", self.name),
        }
    }
}

impl std::fmt::Debug for Via {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Token => "Token",
            Self::Session { .. } => "Session",
            Self::Local => "Local",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caller(name: &str) -> Caller {
        Caller {
            name: name.to_owned(),
            role: Role::Operator,
            via: Via::Token,
        }
    }

    #[test]
    fn nobody_signs_with_the_name_of_another_alone() {
        assert_eq!(caller("anna").signs(None), "anna");
        assert_eq!(caller("anna").signs(Some("anna".to_owned())), "anna");
        assert_eq!(caller("anna").signs(Some("Mina".to_owned())), "Mina (anna)");
        assert_eq!(caller("server").signs(Some("Mina".to_owned())), "Mina");
    }

    #[test]
    fn what_a_page_must_send_does_not_show_itself() {
        let csrf = "0123456789".to_owned();
        let mut caller = caller("anna");
        caller.via = Via::Session { csrf };
        assert!(!format!("{caller:?}").contains("0123"));
        assert_eq!(caller.csrf(), Some("0123456789"));
    }
}
