//! A person has the page of a job that is worked on.

use formhand_domain::{Acts, FencingToken, HandBack, Job, JobEvent, Refusal, Status, Writer};

use crate::given::{MARGIN, at, progress, worker};

fn mina() -> Writer {
    Writer::Person {
        name: "Mina".to_owned(),
    }
}

fn taken(job: Job) -> Result<Job, Refusal> {
    let token = job.fence;
    job.apply(&mina(), JobEvent::TakeOver { token }, at(2))
}

/// Jobs at the points where the page can be taken over, and the names of the others.
fn at_each_point() -> (Vec<Job>, Vec<&'static str>) {
    let (mut given, mut refused) = (Vec::new(), Vec::new());
    for (point, job) in progress() {
        match taken(job) {
            Ok(job) => given.push(job),
            Err(_) => refused.push(point),
        }
    }
    (given, refused)
}

fn arm() -> JobEvent {
    JobEvent::Arm {
        margin: MARGIN,
        session: None,
    }
}

#[test]
fn only_a_form_that_is_being_filled_can_be_taken_over() {
    let (given, refused) = at_each_point();
    assert_eq!((given.len(), refused.len()), (1, progress().len() - 1));
    assert!(!refused.contains(&"login-form"), "{refused:?}");
}

#[test]
fn nothing_is_armed_while_a_person_has_the_page() {
    let job = at_each_point().0.remove(0);
    let by = worker(&job);
    let armed = job.clone().apply(&by, arm(), at(3));
    assert!(matches!(armed, Err(Refusal::Illegal(_))), "{armed:?}");
    assert!(taken(job.clone()).is_err(), "it is given twice");
    let back = JobEvent::HandBack {
        token: job.fence,
        acts: Acts {
            count: 3,
            refused_count: 1,
        },
        how: HandBack::GoOn,
    };
    assert_eq!(
        back.note().as_deref(),
        Some("3 acts, 1 refused; the steps went on")
    );
    let job = job.apply(&mina(), back, at(4)).unwrap();
    assert!(job.apply(&by, arm(), at(5)).is_ok());
}

#[test]
fn whoever_gives_up_spends_no_attempt_and_says_nothing_of_a_later_one() {
    let job = at_each_point().0.remove(0);
    let attempts = job.attempts;
    let give_up = |token| JobEvent::GiveUp {
        token,
        acts: Acts::default(),
        reason: "the portal asks what nobody knows".to_owned(),
    };
    let stale = job
        .clone()
        .apply(&mina(), give_up(FencingToken(job.fence.0 - 1)), at(3));
    assert!(
        matches!(stale, Err(Refusal::StaleToken { .. })),
        "{stale:?}"
    );
    let token = job.fence;
    let job = job.apply(&mina(), give_up(token), at(3)).unwrap();
    assert_eq!((job.status(), job.attempts), (Status::OnHold, attempts - 1));
}
