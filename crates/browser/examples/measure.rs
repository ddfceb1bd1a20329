//! What the parts of a job cost: time and protocol messages, on both programs. Run it with `--release`.
#![expect(clippy::print_stdout, reason = "it prints its measurements")]

use std::time::{Duration, Instant};

use axum::response::Html;
use formhand_browser::{
    Action, ActionKind, Browser, Condition, ContextOptions, Deadline, Kind, Launch, OptionBy,
    Profile, Target, Typing,
};

type Failure = Box<dyn std::error::Error>;

/// As many fields as the form of the first measurements had.
const FIELDS: usize = 25;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let origin = format!("http://{}", listener.local_addr()?);
    let router = axum::Router::new().fallback(|| async { Html(form()) });
    tokio::spawn(async move { axum::serve(listener, router).await });
    for kind in [Kind::Chromium, Kind::HeadlessShell] {
        println!("{kind:?}");
        measure(kind, &origin).await?;
    }
    Ok(())
}

fn form() -> String {
    let inputs: Vec<String> = (0..FIELDS - 5)
        .map(|n| format!("<input id=i{n}>"))
        .collect();
    let inputs = inputs.concat();
    let others = "<select id=s0><option value=1>one<option value=2>two</select><select id=s1><option value=1>one<option
        value=2>two</select><input type=checkbox id=c0><input type=checkbox id=c1><textarea id=t></textarea>";
    format!("<form>{inputs}{others}<button id=b type=button>B</button></form>")
}

fn act(selector: &str, kind: ActionKind) -> Action {
    Action {
        target: Target::css(selector),
        kind,
        label: selector.to_owned(),
        timeout: None,
    }
}

fn fills(round: usize) -> Vec<Action> {
    let fill = |selector: String| {
        act(
            &selector,
            ActionKind::Fill {
                value: format!("value {round}"),
                keys: Typing::Paste,
            },
        )
    };
    let mut actions: Vec<Action> = (0..FIELDS - 5).map(|n| fill(format!("#i{n}"))).collect();
    let option = ["1", "2"][round % 2];
    actions.extend(["#s0", "#s1"].map(|list| {
        act(
            list,
            ActionKind::Select {
                option: OptionBy::ByValue(option.into()),
            },
        )
    }));
    actions.extend(["#c0", "#c1"].map(|field| {
        act(
            field,
            ActionKind::Check {
                on: round.is_multiple_of(2),
            },
        )
    }));
    actions.push(fill("#t".into()));
    actions
}

async fn measure(kind: Kind, origin: &str) -> Result<(), Failure> {
    let started_at = Instant::now();
    let browser = Launch {
        kind,
        executable: None,
        profile: Profile::Temporary,
        headless: true,
    }
    .start()
    .await?;
    println!("  launch                 {:>8.1} ms", ms(started_at));
    let options = ContextOptions {
        origins: vec![origin.to_owned()],
        ..ContextOptions::default()
    };
    for _ in 0..2 {
        let context = step(&browser, "context", browser.context(options.clone())).await?;
        let page = step(&browser, "page", context.page()).await?;
        step(&browser, "goto", page.goto(origin, soon())).await?;
        for round in 1..3 {
            step(
                &browser,
                &format!("{FIELDS} fields, round {round}"),
                page.main().act(&fills(round), soon()),
            )
            .await?;
        }
        let click = [act("#b", ActionKind::Click)];
        step(&browser, "click", page.main().act(&click, soon())).await?;
        let keys = [act(
            "#i0",
            ActionKind::Fill {
                value: "0123456789".into(),
                keys: Typing::Keys,
            },
        )];
        step(&browser, "10 keys", page.main().act(&keys, soon())).await?;
        let seen = [Condition::Visible(Target::css("#b"))];
        step(
            &browser,
            "condition that holds",
            page.main().first_of(&seen, soon()),
        )
        .await?;
        step(
            &browser,
            "picture",
            page.screenshot(&formhand_browser::Sensitive::default()),
        )
        .await?;
        step(&browser, "close context", context.close()).await?;
    }
    measure_death(browser).await
}

async fn measure_death(browser: Browser) -> Result<(), Failure> {
    let gone = tokio::spawn({
        let browser = browser.clone();
        async move {
            browser.gone().await;
            Instant::now()
        }
    });
    tokio::task::yield_now().await;
    let killed_at = Instant::now();
    std::process::Command::new("kill")
        .args(["-9", &browser.pid().to_string()])
        .status()?;
    println!(
        "  death seen             {:>8.1} ms",
        gone.await?.duration_since(killed_at).as_secs_f64() * 1e3
    );
    browser.close().await;
    println!("  and all of it gone     {:>8.1} ms", ms(killed_at));
    Ok(())
}

async fn step<T, E: std::error::Error + 'static>(
    browser: &Browser,
    name: &str,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, Failure> {
    let (before, started_at) = (browser.traffic(), Instant::now());
    let result = Box::pin(work).await?;
    let (elapsed, after) = (ms(started_at), browser.traffic());
    println!(
        "  {name:<22} {elapsed:>8.1} ms   {} sent, {} received",
        after.sent - before.sent,
        after.received - before.received
    );
    Ok(result)
}

fn ms(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(10))
}
