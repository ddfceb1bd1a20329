//! What of a session a storage state takes with it.

/// What of a session a storage state takes with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each part is taken or left by itself"
)]
pub struct StorageParts {
    /// All cookies of the context.
    pub cookies: bool,
    /// `localStorage`.
    pub local_storage: bool,
    /// `sessionStorage`.
    pub session_storage: bool,
    /// The databases. Only when asked for: they can be big, and not all that they hold can be copied.
    pub indexed_db: bool,
}

impl StorageParts {
    /// Whether there is more than cookies, so that a document of each origin is needed.
    pub fn need_documents(self) -> bool {
        self.local_storage || self.session_storage || self.indexed_db
    }
}

impl Default for StorageParts {
    fn default() -> Self {
        Self {
            cookies: true,
            local_storage: true,
            session_storage: true,
            indexed_db: false,
        }
    }
}
