//! Who is told of what, and when.

use formhand_domain::{NodeId, PortalName};
use jiff::{SignedDuration, Timestamp};

use super::{AlertTiming, Book, ChannelBook, Message, Said, Silence, Standing, Step, Watch};
use crate::alerts::{Finding, RuleName, Rules, Subject};

const NAME: &str = "night";

fn at(seconds: i64) -> Timestamp {
    let start: Timestamp = "2026-01-05T09:00:00Z".parse().unwrap();
    start + SignedDuration::from_secs(seconds)
}

fn subject(name: &str) -> Subject {
    Subject::Portal(PortalName::new(name).unwrap())
}

fn finding(rule: RuleName, name: &str) -> Finding {
    Finding {
        rule,
        subject: subject(name),
        text: format!("{rule} of {name}"),
    }
}

fn full(name: &str) -> Finding {
    finding(RuleName::DiskFull, name)
}

/// A book with one channel, moved on by what is found.
struct Scene {
    book: Book,
    count: u32,
}

impl Scene {
    fn new() -> Self {
        Self {
            book: Book::default(),
            count: 0,
        }
    }

    /// What is found at this second; the message that is to be sent then is taken.
    fn finds(&mut self, second: i64, findings: &[Finding]) -> Option<Message> {
        let message = self.makes(second, findings)?;
        self.book.delivered(NAME, &message.id, at(second));
        Some(message)
    }

    /// The same, and the message stays to be sent.
    fn makes(&mut self, second: i64, findings: &[Finding]) -> Option<Message> {
        // What is remembered survives every restart.
        let text = serde_json::to_string(&self.book).unwrap();
        self.book = serde_json::from_str(&text).unwrap();
        self.count += 1;
        self.book.step(&Step {
            findings,
            rules: &Rules::default(),
            channels: &[NAME.to_owned()],
            timing: &AlertTiming::default(),
            now: at(second),
            id: &format!("msg_{}", self.count),
        });
        let mut messages = self.book.to_send(at(second));
        messages.pop().map(|(_, message)| message)
    }

    fn channel(&self) -> &ChannelBook {
        &self.book.channels[NAME]
    }

    fn next_at(&self) -> Option<Timestamp> {
        self.book
            .next_at(&Rules::default(), &AlertTiming::default())
    }

    fn fails(&mut self, second: i64, id: &str) -> bool {
        let timing = AlertTiming::default();
        self.book
            .failed(NAME, id, "it answered 503", &timing, at(second))
    }
}

fn about(said: &[Said]) -> Vec<String> {
    said.iter().map(|one| one.subject.to_string()).collect()
}

#[test]
fn what_comes_together_is_told_in_one_message() {
    let mut scene = Scene::new();
    assert_eq!(scene.finds(0, &[full("a")]), None);
    assert_eq!(scene.next_at(), Some(at(30)));
    assert_eq!(scene.finds(10, &[full("a"), full("b")]), None);
    let message = scene.finds(30, &[full("a"), full("b")]).unwrap();
    assert_eq!(about(&message.news), ["a", "b"]);
    assert_eq!(scene.finds(31, &[full("a"), full("b")]), None);
}

#[test]
fn what_changes_later_is_told_after_the_group_interval() {
    let mut scene = Scene::new();
    scene.finds(0, &[full("a")]);
    scene.finds(30, &[full("a")]).unwrap();
    assert_eq!(scene.finds(60, &[full("b")]), None);
    assert_eq!(scene.next_at(), Some(at(330)));
    let message = scene.finds(330, &[full("b"), full("c")]).unwrap();
    assert_eq!(about(&message.news), ["b", "c"]);
    assert_eq!(about(&message.resolved), ["a"]);
    assert_eq!(about(&message.still), [] as [&str; 0]);
}

#[test]
fn what_is_gone_before_anybody_was_told_is_not_told() {
    let mut scene = Scene::new();
    scene.finds(0, &[full("a")]);
    assert_eq!(scene.finds(20, &[]), None);
    assert_eq!(scene.finds(100, &[]), None);
    assert_eq!(scene.next_at(), None);
}

#[test]
fn what_is_back_before_its_end_was_told_is_no_news() {
    let mut scene = Scene::new();
    scene.finds(0, &[full("a")]);
    scene.finds(30, &[full("a")]).unwrap();
    assert_eq!(scene.finds(60, &[]), None);
    assert_eq!(scene.finds(90, &[full("a")]), None);
    assert_eq!(scene.finds(400, &[full("a")]), None);
}

#[test]
fn what_still_fires_is_told_again_after_a_while() {
    let mut scene = Scene::new();
    scene.finds(0, &[full("a")]);
    scene.finds(30, &[full("a")]).unwrap();
    let again = 30 + 4 * 3600;
    assert_eq!(scene.next_at(), Some(at(again)));
    assert_eq!(scene.finds(again - 1, &[full("a")]), None);
    let message = scene.finds(again, &[full("a")]).unwrap();
    assert_eq!(about(&message.still), ["a"]);
    assert!(message.news.is_empty());
}

#[test]
fn what_has_to_last_is_pending_until_then() {
    let down = finding(RuleName::AccountDown, "a");
    let mut scene = Scene::new();
    assert_eq!(scene.finds(0, std::slice::from_ref(&down)), None);
    assert_eq!(scene.book.alerts[0].standing, Standing::Pending);
    assert_eq!(scene.next_at(), Some(at(300)));
    assert_eq!(scene.finds(299, &[]), None);
    assert_eq!(scene.finds(300, std::slice::from_ref(&down)), None);
    assert_eq!(scene.book.alerts[0].standing, Standing::Pending);
    assert_eq!(scene.finds(600, std::slice::from_ref(&down)), None);
    assert_eq!(scene.book.alerts[0].standing, Standing::Firing);
    assert!(scene.finds(630, &[down]).is_some());
}

fn silence(scene: &mut Scene, rule: Option<RuleName>, name: &str, until: i64) {
    scene.book.silences.push(Silence {
        id: "s".into(),
        rule,
        subject: subject(name),
        until: at(until),
        reason: "it is known".into(),
        by: "Meera".into(),
        made_at: at(0),
    });
}

#[test]
fn what_is_silenced_is_told_when_the_silence_is_over() {
    let mut scene = Scene::new();
    silence(&mut scene, Some(RuleName::DiskFull), "a", 3600);
    assert_eq!(scene.finds(0, &[full("a")]), None);
    assert_eq!(scene.finds(100, &[full("a")]), None);
    assert_eq!(scene.next_at(), Some(at(3600)));
    assert_eq!(scene.finds(3600, &[full("a")]), None);
    assert!(scene.book.silences.is_empty());
    assert!(scene.finds(3630, &[full("a")]).is_some());
}

#[test]
fn a_silence_is_about_what_it_names_and_nothing_else() {
    let mut scene = Scene::new();
    silence(&mut scene, Some(RuleName::JobSuccess), "a", 3600);
    silence(&mut scene, None, "b", 3600);
    scene.finds(0, &[full("a"), full("b")]);
    let message = scene.finds(30, &[full("a"), full("b")]).unwrap();
    assert_eq!(about(&message.news), ["a"]);
}

#[test]
fn of_what_was_told_before_a_silence_the_end_is_told_and_nothing_is_repeated() {
    let mut scene = Scene::new();
    scene.finds(0, &[full("a")]);
    scene.finds(30, &[full("a")]).unwrap();
    silence(&mut scene, None, "a", 100_000);
    assert_eq!(scene.finds(30 + 4 * 3600, &[full("a")]), None);
    scene.finds(20_000, &[]);
    let message = scene.finds(20_030, &[]).unwrap();
    assert_eq!(about(&message.resolved), ["a"]);
}

#[test]
fn a_message_that_is_not_taken_is_tried_again_as_it_is_and_more_and_more_seldom() {
    let mut scene = Scene::new();
    scene.makes(0, &[full("a")]);
    let first = scene.makes(30, &[full("a")]).unwrap();
    let mut second = 30;
    for wait in [10, 20, 40, 80, 160, 320, 600, 600] {
        assert!(!scene.fails(second, &first.id));
        assert_eq!(scene.next_at(), Some(at(second + wait)));
        assert_eq!(scene.makes(second + 1, &[full("b")]), None);
        second += wait;
        assert_eq!(scene.makes(second, &[full("b")]).as_ref(), Some(&first));
    }
    let failing = scene.channel().failing.as_ref().unwrap();
    assert_eq!(failing.since, at(30));
    assert_eq!(failing.said, "it answered 503");
    scene.book.delivered(NAME, &first.id, at(second));
    assert_eq!(scene.channel().failing, None);
    // What changed meanwhile is told then.
    scene.finds(second, &[full("b")]);
    let next = scene.finds(second + 30, &[full("b")]).unwrap();
    assert_eq!(about(&next.news), ["b"]);
    assert_eq!(about(&next.resolved), ["a"]);
}

#[test]
fn a_message_that_is_given_up_is_made_anew_of_what_still_fires() {
    let mut scene = Scene::new();
    scene.makes(0, &[full("a")]);
    let first = scene.makes(30, &[full("a")]).unwrap();
    let six_hours = 30 + 6 * 3600;
    assert!(!scene.fails(six_hours - 700, &first.id));
    assert!(scene.fails(six_hours, &first.id));
    assert_eq!(scene.channel().failing.as_ref().unwrap().given_up, 1);
    // What is said of it late changes nothing.
    assert!(!scene.fails(six_hours, &first.id));
    scene.book.delivered(NAME, &first.id, at(six_hours));
    assert!(scene.channel().failing.is_some());
    scene.makes(six_hours, &[full("a")]);
    let second = scene.makes(six_hours + 30, &[full("a")]).unwrap();
    assert_ne!(second.id, first.id);
    assert_eq!(about(&second.news), ["a"]);
}

#[test]
fn a_channel_that_is_no_longer_configured_is_forgotten() {
    let mut scene = Scene::new();
    scene.makes(0, &[full("a")]);
    scene.makes(30, &[full("a")]).unwrap();
    let mut book = scene.book.clone();
    book.step(&Step {
        findings: &[full("a")],
        rules: &Rules::default(),
        channels: &[],
        timing: &AlertTiming::default(),
        now: at(31),
        id: "msg_z",
    });
    assert!(book.channels.is_empty() && book.to_send(at(100)).is_empty());
}

#[test]
fn one_server_watches_until_it_has_not_said_so_for_long() {
    let node = |name| NodeId::new(name).unwrap();
    let mut book = Book::default();
    assert!(book.may_watch(&node("node-a"), at(0)));
    book.watch = Some(Watch {
        node: node("node-a"),
        until: at(90),
    });
    assert!(book.may_watch(&node("node-a"), at(89)));
    assert!(!book.may_watch(&node("node-b"), at(89)));
    assert!(book.may_watch(&node("node-b"), at(90)));
}

#[test]
fn what_a_newer_formhand_wrote_besides_is_no_trouble() {
    let text = r#"{"alerts": [], "moods": ["calm"], "silences": []}"#;
    assert_eq!(serde_json::from_str::<Book>(text).unwrap(), Book::default());
}
