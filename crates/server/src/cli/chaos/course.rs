//! How far a storm has come, for those who hand in work for it.

/// The customers of the beginning come at once.
const TOGETHER: usize = 4;

/// How far a storm has come.
#[derive(Debug, Clone, Copy)]
pub(super) struct Course {
    /// Blows struck so far.
    pub(super) struck: usize,
    /// Of so many.
    pub(super) of: usize,
    /// Whether it is over.
    pub(super) over: bool,
}

impl Course {
    pub(super) fn new(of: usize) -> Self {
        Self {
            struck: 0,
            of,
            over: false,
        }
    }

    /// How many of `count` customers should have come by now: what is filed early is out of the storm's reach.
    pub(super) fn due(&self, count: usize) -> usize {
        if self.over || self.struck >= self.of {
            return count;
        }
        let rest = count.saturating_sub(TOGETHER);
        count.min(TOGETHER) + rest * self.struck / self.of
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customers_come_as_the_blows_do_and_all_of_them_in_the_end() {
        let mut course = Course::new(100);
        assert_eq!(course.due(504), 4);
        course.struck = 50;
        assert_eq!((course.due(504), course.due(2)), (254, 2));
        course.struck = 100;
        assert_eq!(course.due(504), 504);
    }
}
