//! Renewing ahead of the end, over lives of three shapes and some more.

use formhand_domain::account::{Life, LifeEnd, RenewalPolicy};
use jiff::SignedDuration;
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

/// How long sessions live, by a number from 0 to 1, in seconds; an hour on average.
type Shape = fn(f64) -> f64;

const HOUR: f64 = 3600.0;

fn fixed(_: f64) -> f64 {
    HOUR
}

fn exponential(random: f64) -> f64 {
    -HOUR * (1.0 - random).ln()
}

/// Of shape 3: they age, and no two live equally long. The divisor is Γ(4/3).
fn weibull(random: f64) -> f64 {
    HOUR / 0.892_98 * (-(1.0 - random).ln()).cbrt()
}

/// Of shape 0.7: the older, the safer. The divisor is Γ(1 + 1/0.7).
fn weathered(random: f64) -> f64 {
    HOUR / 1.265_82 * (-(1.0 - random).ln()).powf(1.0 / 0.7)
}

fn uniform(random: f64) -> f64 {
    2.0 * HOUR * random
}

/// What came of many sessions of an account, one after the other.
#[derive(Debug, Default)]
struct Account {
    lives: Vec<Life>,
    renewed: u32,
    met: u32,
    /// Planned ages, of all sessions that had one.
    planned: Vec<f64>,
    lived: f64,
}

impl Account {
    /// Lives through sessions of these lengths by the policy, looking every `look` seconds.
    fn live(policy: &RenewalPolicy, lengths: &[f64], look: f64) -> Self {
        let mut account = Self::default();
        for length in lengths {
            let plan = policy.renew_at(&account.lives);
            account.planned.extend(plan.map(|age| age.as_secs_f64()));
            let plan = plan.filter(|age| age.as_secs_f64() < *length);
            account.one(plan, *length, look);
        }
        account
    }

    fn one(&mut self, plan: Option<SignedDuration>, length: f64, look: f64) {
        let life = if let Some(age) = plan {
            self.renewed += 1;
            self.lived += age.as_secs_f64();
            Life {
                lasted: age,
                ended: LifeEnd::Censored,
            }
        } else {
            self.met += 1;
            self.lived += length;
            let seen_alive = (length / look).floor() * look;
            Life {
                lasted: SignedDuration::from_secs_f64(seen_alive),
                ended: LifeEnd::Expired {
                    unseen: SignedDuration::from_secs_f64(look),
                },
            }
        };
        self.lives.push(life);
    }

    fn share_renewed(&self) -> f64 {
        f64::from(self.renewed) / f64::from(self.renewed + self.met)
    }

    /// Logins and met expiries a second, in logins, as a share of what waiting costs.
    fn cost(&self, policy: &RenewalPolicy) -> f64 {
        let spent = f64::from(self.renewed) + policy.worth * f64::from(self.met);
        spent / self.lived / (policy.worth / HOUR)
    }

    /// Logins for each hour of a session.
    fn logins(&self) -> f64 {
        f64::from(self.renewed + self.met) / self.lived * HOUR
    }
}

/// The same random numbers every time: a failure of these tests can be looked at.
fn accounts(shape: Shape, look: f64) -> Vec<Account> {
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let lengths = prop::collection::vec((0.0..1.0_f64).prop_map(shape), 300);
    (0..8)
        .map(|_| {
            let lengths = lengths.new_tree(&mut runner).unwrap().current();
            Account::live(&RenewalPolicy::default(), &lengths, look)
        })
        .collect()
}

fn mean(accounts: &[Account], of: impl Fn(&Account) -> f64) -> f64 {
    let count = u32::try_from(accounts.len()).unwrap();
    accounts.iter().map(of).sum::<f64>() / f64::from(count)
}

fn told(accounts: &[Account]) -> String {
    let policy = RenewalPolicy::default();
    format!(
        "{:.1} % renewed in time, {:.2} logins an hour, cost {:.2} of waiting",
        100.0 * mean(accounts, Account::share_renewed),
        mean(accounts, Account::logins),
        mean(accounts, |account| account.cost(&policy)),
    )
}

#[test]
fn fixed_lives_are_renewed_just_before_their_end() {
    let accounts = accounts(fixed, 1.0);
    insta::assert_snapshot!(told(&accounts), @"96.3 % renewed in time, 1.05 logins an hour, cost 0.24 of waiting");
    for account in accounts {
        // Planned from the sixth session on, and then always but when too few ends are left to know.
        assert!(account.planned.len() > 280);
        for age in account.planned {
            assert!((0.94 * HOUR..0.96 * HOUR).contains(&age), "{age}");
        }
    }
}

#[test]
fn lives_without_ageing_are_almost_never_renewed() {
    let accounts_of_random_ends = accounts(exponential, 1.0);
    insta::assert_snapshot!(told(&accounts_of_random_ends), @"0.3 % renewed in time, 0.98 logins an hour, cost 0.98 of waiting");
    assert!(mean(&accounts_of_random_ends, Account::share_renewed) < 0.01);
    let accounts_that_get_safer = accounts(weathered, 1.0);
    insta::assert_snapshot!(told(&accounts_that_get_safer), @"0.0 % renewed in time, 0.96 logins an hour, cost 0.96 of waiting");
    assert!(mean(&accounts_that_get_safer, Account::share_renewed) < 0.01);
}

#[test]
fn lives_between_these_are_renewed_when_that_costs_less_than_waiting() {
    insta::assert_snapshot!(told(&accounts(weibull, 1.0)), @"85.6 % renewed in time, 1.98 logins an hour, cost 0.62 of waiting");
    insta::assert_snapshot!(told(&accounts(uniform, 1.0)), @"35.5 % renewed in time, 1.26 logins an hour, cost 0.90 of waiting");
}

/// A heartbeat every five minutes tells the ages of hours to a twelfth.
#[test]
fn ages_that_are_known_to_an_interval_only_do_nearly_as_well() {
    let look = 300.0;
    insta::assert_snapshot!(told(&accounts(fixed, look)), @"96.3 % renewed in time, 1.05 logins an hour, cost 0.24 of waiting");
    insta::assert_snapshot!(told(&accounts(exponential, look)), @"0.4 % renewed in time, 0.98 logins an hour, cost 0.98 of waiting");
    insta::assert_snapshot!(told(&accounts(weibull, look)), @"83.5 % renewed in time, 1.92 logins an hour, cost 0.63 of waiting");
}

fn expired(lasted: i64) -> Life {
    Life {
        lasted: SignedDuration::from_secs(lasted),
        ended: LifeEnd::Expired {
            unseen: SignedDuration::ZERO,
        },
    }
}

#[test]
fn a_session_that_nobody_looked_at_for_hours_is_not_renewed_by_a_guess() {
    // Alive two minutes after the login, gone in the morning: that it lives two minutes is no more likely than hours.
    let life = Life {
        lasted: SignedDuration::from_mins(2),
        ended: LifeEnd::Expired {
            unseen: SignedDuration::from_hours(8),
        },
    };
    assert_eq!(RenewalPolicy::default().renew_at(&[life; 20]), None);
}

#[test]
fn too_few_lives_are_no_plan() {
    let policy = RenewalPolicy::default();
    for count in 0..5 {
        assert_eq!(policy.renew_at(&vec![expired(3600); count]), None);
    }
    assert!(policy.renew_at(&[expired(3600); 5]).is_some());
}

#[test]
fn sessions_that_live_shorter_than_before_are_renewed_sooner() {
    let policy = RenewalPolicy::default();
    let mut lives = vec![expired(3600); 100];
    let before = policy.renew_at(&lives);
    lives.extend([expired(1800); 100]);
    let after = policy.renew_at(&lives);
    assert!(after < before && after.is_some());
}

#[test]
fn an_expiry_that_is_worth_no_more_than_a_login_is_waited_for() {
    for worth in [1.0, 0.0, -1.0, f64::NAN] {
        let policy = RenewalPolicy {
            worth,
            ..RenewalPolicy::default()
        };
        assert_eq!(policy.renew_at(&[expired(3600); 20]), None, "{worth}");
    }
}

fn lives() -> impl Strategy<Value = Vec<Life>> {
    let end = prop_oneof![
        3 => (0..100_i64).prop_map(|unseen| LifeEnd::Expired { unseen: SignedDuration::from_secs(unseen) }),
        1 => Just(LifeEnd::Censored),
    ];
    let life = (0..2_000_i64, end).prop_map(|(lasted, ended)| Life {
        lasted: SignedDuration::from_secs(8_000 + lasted),
        ended,
    });
    prop::collection::vec(life, 0..130)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_lies_within_what_was_seen(lives in lives()) {
        if let Some(age) = RenewalPolicy::default().renew_at(&lives) {
            let longest = lives.iter().map(|life| life.lasted).max().unwrap();
            prop_assert!(age.is_positive() && age <= longest);
        }
    }

    #[test]
    fn a_plan_does_not_depend_on_the_unit_of_time(lives in lives(), factor in 2..50_i32) {
        let policy = RenewalPolicy::default();
        let longer: Vec<Life> = lives
            .iter()
            .map(|life| Life {
                lasted: life.lasted * factor,
                ended: match life.ended {
                    LifeEnd::Expired { unseen } => LifeEnd::Expired { unseen: unseen * factor },
                    LifeEnd::Censored => LifeEnd::Censored,
                },
            })
            .collect();
        let (plan, longer) = (policy.renew_at(&lives), policy.renew_at(&longer));
        prop_assert_eq!(plan.is_some(), longer.is_some());
        if let (Some(plan), Some(longer)) = (plan, longer) {
            let error = plan.as_secs_f64() * f64::from(factor) - longer.as_secs_f64();
            prop_assert!(error.abs() < 0.001, "{}", error);
        }
    }

    #[test]
    fn the_newest_lives_count_only(lives in lives(), old in lives()) {
        let policy = RenewalPolicy { most_lives: lives.len(), ..RenewalPolicy::default() };
        let with_old = [old, lives.clone()].concat();
        prop_assert_eq!(policy.renew_at(&with_old), policy.renew_at(&lives));
    }
}
