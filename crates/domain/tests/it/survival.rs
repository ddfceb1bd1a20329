//! The survival curve of sessions.

use formhand_domain::account::{Life, LifeEnd, Survival};
use jiff::SignedDuration;
use proptest::prelude::*;

fn seconds(count: i64) -> SignedDuration {
    SignedDuration::from_secs(count)
}

fn life(lasted: i64, expired: bool) -> Life {
    let unseen = SignedDuration::ZERO;
    Life {
        lasted: seconds(lasted),
        ended: if expired {
            LifeEnd::Expired { unseen }
        } else {
            LifeEnd::Censored
        },
    }
}

/// The remission times of the 6-MP group of E. J. Freireich et al., Blood 21 (1963), the example that textbooks of
/// the method use: 21 patients, of whom 12 were censored. The published curve is matched.
#[test]
fn it_is_the_curve_that_the_textbooks_print() {
    let ended = [6, 6, 6, 7, 10, 13, 16, 22, 23];
    let censored = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35];
    let ended = ended.into_iter().map(|age| life(age, true));
    let censored = censored.into_iter().map(|age| life(age, false));
    let curve = Survival::of(&ended.chain(censored).collect::<Vec<_>>());
    let told: Vec<String> = [5, 6, 7, 9, 10, 13, 16, 22, 23, 35, 99]
        .into_iter()
        .map(|age| format!("{age}: {:.3}", curve.at(seconds(age))))
        .collect();
    insta::assert_snapshot!(told.join("\n"), @"
    5: 1.000
    6: 0.857
    7: 0.807
    9: 0.807
    10: 0.753
    13: 0.690
    16: 0.627
    22: 0.538
    23: 0.448
    35: 0.448
    99: 0.448
    ");
    let mean = curve.mean_up_to(seconds(35)).as_secs_f64();
    assert!((mean - 23.287).abs() < 0.001, "{mean}");
}

#[test]
fn without_lives_nobody_is_known_to_die() {
    let curve = Survival::of(&[]);
    assert!((curve.at(seconds(1_000_000)) - 1.0).abs() < f64::EPSILON);
    assert_eq!(curve.mean_up_to(seconds(60)), seconds(60));
    assert_eq!(curve.mean_up_to(seconds(-60)), seconds(0));
}

fn lives() -> impl Strategy<Value = Vec<Life>> {
    let life = (1..50_i64, any::<bool>()).prop_map(|(lasted, expired)| life(lasted, expired));
    prop::collection::vec(life, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn it_never_rises_and_the_mean_never_falls(lives in lives()) {
        let curve = Survival::of(&lives);
        for age in 0..60 {
            let (now, later) = (curve.at(seconds(age)), curve.at(seconds(age + 1)));
            prop_assert!((0.0..=1.0).contains(&later) && later <= now);
            let growth = curve.mean_up_to(seconds(age + 1)) - curve.mean_up_to(seconds(age));
            // Between two ages the mean grows by the share that lives on there.
            let error = growth.as_secs_f64() - now;
            prop_assert!(error.abs() < 1e-6, "{age}: {error}");
        }
    }

    #[test]
    fn without_censored_lives_it_is_the_share_that_lived_longer(ages in prop::collection::vec(1..50_i64, 1..60)) {
        let lives: Vec<Life> = ages.iter().map(|age| life(*age, true)).collect();
        let curve = Survival::of(&lives);
        for age in 0..50 {
            let longer = ages.iter().filter(|lasted| **lasted > age).count();
            let count = f64::from(u32::try_from(longer).unwrap()) / f64::from(u32::try_from(ages.len()).unwrap());
            prop_assert!((curve.at(seconds(age)) - count).abs() < 1e-9);
        }
        let sum = seconds(ages.iter().sum());
        let mean = sum / i32::try_from(ages.len()).unwrap();
        let error = curve.mean_up_to(seconds(50)) - mean;
        prop_assert!(error.abs() < SignedDuration::from_micros(1));
    }

    #[test]
    fn a_life_that_was_cut_short_never_makes_sessions_look_shorter(lives in lives(), cut in 0..60_i64) {
        let without = Survival::of(&lives);
        let with = Survival::of(&[lives, vec![life(cut, false)]].concat());
        for age in 0..60 {
            prop_assert!(with.at(seconds(age)) >= without.at(seconds(age)) - 1e-9);
        }
    }
}
