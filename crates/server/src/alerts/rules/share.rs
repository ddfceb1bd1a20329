//! How many of how many.

/// How many went well.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Share {
    well: u64,
    all: u64,
}

impl Share {
    pub(super) fn add(&mut self, went_well: bool) {
        self.well += u64::from(went_well);
        self.all += 1;
    }

    /// Whether there are enough to say something, and fewer than this share of them went well.
    pub(super) fn is_under(self, percent: u32, least: u32) -> bool {
        let enough = self.all > 0 && self.all >= u64::from(least);
        enough && self.well * 100 < u64::from(percent) * self.all
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let percent = (self.well * 100).checked_div(self.all).unwrap_or(100);
        write!(f, "{} of {} ({percent} %)", self.well, self.all)
    }
}
