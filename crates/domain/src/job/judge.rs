//! What a search means: the rules of settling an unknown outcome. Pure, because a wrong one files twice.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{
    settle::{Settlement, Undone},
    state::{Commit, Receipt},
};
use crate::{FencingToken, Generation, RetryPolicy};

/// The rules of one flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SearchRules {
    /// How long it may take at most until the search shows what was filed, counted from when nothing can file it any
    /// more.
    pub settle: SignedDuration,
    /// What becomes of a record that is not found after that time.
    pub when_not_found: WhenNotFound,
}

/// What becomes of a record that is not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhenNotFound {
    /// A person decides.
    Review,
    /// It is filed anew. Only on an exclusive portal, where a new login ends the session that the old attempt had.
    Retry,
}

/// What a search has seen.
#[derive(Debug)]
pub enum Sight {
    /// The record was filed, and this is what the portal calls it.
    Found(Receipt),
    /// The portal says that there is nothing.
    Nothing {
        /// The login that the search was made with.
        session: Generation,
    },
    /// It cannot be told; in words.
    Unclear(String),
    /// There is no session to search with before this time.
    NoSession(Timestamp, String),
}

/// What is known of the job beside it.
#[derive(Debug)]
pub struct SearchCase<'a> {
    /// The token of the attempt that is searched for.
    pub token: FencingToken,
    /// The rules of its flow.
    pub rules: SearchRules,
    /// Which steps after the filing nobody has done.
    pub undone: Undone,
    /// What is known of the commit.
    pub commit: &'a Commit,
    /// Since when the outcome is unknown: the old attempt had ended by then.
    pub since: Timestamp,
    /// When this search began. What it has not found may have come after that.
    pub began: Timestamp,
    /// How long before that the searcher knew that the login it searches with is newer than that of the old attempt. By a
    /// clock of its own that does not jump: the clocks of two servers may be an hour apart.
    pub newer_for: SignedDuration,
    /// Searches that were begun, this one counted.
    pub tries: u32,
    /// Attempts that the job has spent.
    pub attempts: u32,
    /// The rules of trying again.
    pub retry: RetryPolicy,
    /// A random number from 0 to 1, for the jitter of the wait.
    pub random: f64,
}

/// What is done.
#[derive(Debug, PartialEq)]
pub enum Judgement {
    /// The outcome is known.
    Settled(Settlement),
    /// It is searched again.
    Again(Timestamp, String),
    /// It is searched again after a new login has ended this session, with which the old attempt might still act.
    AfterLogin(Generation, Timestamp, String),
    /// A person decides.
    Person(String),
}

/// Searches that come to nothing clear. A portal that has changed does not change back.
const MOST_UNCLEAR: u32 = 6;
/// The first wait after one of them; it doubles.
const UNCLEAR_PAUSE: SignedDuration = SignedDuration::from_secs(15);

/// Jobs that are at work are waited for before the login; most end in this time.
const LOGIN_PAUSE: SignedDuration = SignedDuration::from_secs(10);

impl SearchCase<'_> {
    /// Judges what was seen.
    pub fn judge(&self, sight: Sight) -> Judgement {
        match sight {
            Sight::Found(receipt) => Judgement::Settled(Settlement::Filed {
                receipt,
                undone: self.undone,
            }),
            Sight::Unclear(why) if self.tries >= MOST_UNCLEAR => Judgement::Person(why),
            Sight::Unclear(why) => {
                let pause = UNCLEAR_PAUSE.saturating_mul(1 << self.tries.saturating_sub(1));
                Judgement::Again(later(self.began, pause), why)
            }
            Sight::NoSession(until, why) => Judgement::Again(until, why),
            Sight::Nothing { session } => match self.rules.when_not_found {
                WhenNotFound::Review => self.left_to_a_person(),
                WhenNotFound::Retry => self.filed_anew(session),
            },
        }
    }

    /// Early searches only serve to find what is there already.
    fn left_to_a_person(&self) -> Judgement {
        let quiet_at = later(self.since, self.rules.settle);
        if self.began < quiet_at {
            return Judgement::Again(quiet_at, "the portal has nothing of it yet".to_owned());
        }
        Judgement::Person(format!(
            "the portal has nothing of it, {} after the attempt ended",
            in_words(self.began.duration_since(self.since))
        ))
    }

    /// Only what was not there after everything has come to rest was not filed: a request of the old attempt may be on
    /// its way for as long as its session lives, and be worked on for as long as the settle time after that.
    fn filed_anew(&self, session: Generation) -> Judgement {
        let Some(old) = self.commit.session() else {
            let why = "the portal has nothing of it, but nothing proves that the old attempt can no longer act: it had \
                       a session of its own";
            return Judgement::Person(why.to_owned());
        };
        if session <= old {
            let why = "the portal has nothing of it yet; a new login ends the session of the old attempt first";
            let soon = self.rules.settle.min(LOGIN_PAUSE);
            return Judgement::AfterLogin(session, later(self.began, soon), why.to_owned());
        }
        let left = self.rules.settle.saturating_sub(self.newer_for);
        if left.is_positive() {
            let why = "the portal has nothing of it yet, and a new login has ended the session of the old attempt";
            return Judgement::Again(later(self.began, left), why.to_owned());
        }
        let again = self.retry.delay(self.attempts, self.random);
        Judgement::Settled(Settlement::NotFiled {
            token: self.token,
            reason: format!(
                "the portal has nothing of it, {} after a new login had ended the session of the old attempt",
                in_words(self.newer_for)
            ),
            again_at: again.map(|delay| later(self.began, delay)),
        })
    }
}

fn later(from: Timestamp, by: SignedDuration) -> Timestamp {
    from.saturating_add(by).unwrap_or(Timestamp::MAX)
}

/// A length of time in whole seconds.
fn in_words(time: SignedDuration) -> String {
    let seconds = u64::try_from(time.as_secs()).unwrap_or(0);
    format!("{:?}", Duration::from_secs(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    const OLD: Generation = Generation(3);
    const NEW: Generation = Generation(4);

    fn at(seconds: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_secs(seconds)
    }

    fn rules(when_not_found: WhenNotFound) -> SearchRules {
        SearchRules {
            settle: SignedDuration::from_secs(60),
            when_not_found,
        }
    }

    /// A search that began then, of a job whose outcome is unknown since second 100.
    fn case(
        commit: &Commit,
        when_not_found: WhenNotFound,
        began: i64,
        newer_for: i64,
    ) -> SearchCase<'_> {
        SearchCase {
            token: FencingToken(1),
            rules: rules(when_not_found),
            undone: Undone::Nothing,
            commit,
            since: at(100),
            began: at(began),
            newer_for: SignedDuration::from_secs(newer_for),
            tries: 1,
            attempts: 1,
            retry: RetryPolicy::default(),
            random: 0.5,
        }
    }

    fn armed(session: Option<Generation>) -> Commit {
        let armed_at = at(90);
        Commit::Armed { armed_at, session }
    }

    fn nothing(session: Generation) -> Sight {
        Sight::Nothing { session }
    }

    fn is_filed_anew(judgement: &Judgement) -> bool {
        matches!(
            judgement,
            Judgement::Settled(Settlement::NotFiled {
                again_at: Some(_),
                ..
            })
        )
    }

    #[test]
    fn nothing_counts_only_after_the_settle_time() {
        let commit = armed(Some(OLD));
        let early = case(&commit, WhenNotFound::Review, 159, 0).judge(nothing(OLD));
        assert!(matches!(early, Judgement::Again(then, _) if then == at(160)));
        let late = case(&commit, WhenNotFound::Review, 160, 0).judge(nothing(OLD));
        insta::assert_snapshot!(format!("{late:?}"), @r#"Person("the portal has nothing of it, 60s after the attempt ended")"#);
    }

    #[test]
    fn while_the_old_session_lives_nothing_is_filed_anew() {
        let commit = armed(Some(OLD));
        for began in [101, 160, 999_999] {
            let judgement = case(&commit, WhenNotFound::Retry, began, 999).judge(nothing(OLD));
            let soon = at(began) + LOGIN_PAUSE;
            assert!(matches!(judgement, Judgement::AfterLogin(OLD, then, _) if then == soon));
        }
    }

    #[test]
    fn the_settle_time_counts_from_the_end_of_the_old_session() {
        let commit = armed(Some(OLD));
        let early = case(&commit, WhenNotFound::Retry, 999, 59).judge(nothing(NEW));
        assert!(matches!(early, Judgement::Again(then, _) if then == at(1000)));
        let late = case(&commit, WhenNotFound::Retry, 999, 60).judge(nothing(NEW));
        assert!(is_filed_anew(&late), "{late:?}");
    }

    #[test]
    fn a_session_that_nobody_can_end_leaves_it_to_a_person() {
        let commit = armed(None);
        let judgement = case(&commit, WhenNotFound::Retry, 999, 999).judge(nothing(NEW));
        assert!(matches!(judgement, Judgement::Person(_)));
    }

    #[test]
    fn attempts_that_are_used_up_are_not_filed_anew() {
        let commit = armed(Some(OLD));
        let case = SearchCase {
            attempts: RetryPolicy::default().max_attempts,
            ..case(&commit, WhenNotFound::Retry, 999, 60)
        };
        let judgement = case.judge(nothing(NEW));
        assert!(!is_filed_anew(&judgement) && matches!(judgement, Judgement::Settled(_)));
    }

    #[test]
    fn what_stays_unclear_is_left_to_a_person_in_the_end() {
        let commit = armed(Some(OLD));
        let unclear = || Sight::Unclear("the page has changed".into());
        let early = case(&commit, WhenNotFound::Review, 200, 0).judge(unclear());
        assert!(matches!(early, Judgement::Again(then, _) if then == at(215)));
        let case = SearchCase {
            tries: MOST_UNCLEAR,
            ..case(&commit, WhenNotFound::Review, 200, 0)
        };
        assert!(matches!(case.judge(unclear()), Judgement::Person(_)));
    }
}
