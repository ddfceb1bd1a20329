//! What is printed.
#![expect(clippy::print_stdout, reason = "the report goes to standard output")]
#![expect(clippy::print_stderr, reason = "and errors to standard error")]

use crate::{
    error::Error,
    healing::{Expiries, Healing, Lives},
    measure::Spread,
    report::{Comparison, Report, Round, StepCost, Summary},
};

/// What one job at a time may cost, as a multiple of the script.
const LIMIT: f64 = 1.5;

/// The report for a person.
pub(crate) fn text(report: &Report, with_steps: bool) {
    for comparison in &report.comparisons {
        compare(comparison, report.records);
        if with_steps && comparison.rounds.workers == 1 {
            steps(&comparison.rounds.formhand);
        }
    }
    println!("Every record was filed exactly once, as the portal's ledger says.");
    if let Some(healing) = &report.healing {
        sessions(healing);
    }
}

/// The report for a program.
pub(crate) fn json(report: &Report) -> Result<(), Error> {
    println!("{}", serde_json::to_string_pretty(report)?);
    Ok(())
}

/// Why there is no report.
pub(crate) fn complain(error: &Error) {
    eprintln!("error: {error}");
}

/// The name of a number and where it is.
type Line<T> = (&'static str, fn(&Summary) -> T);

fn compare(comparison: &Comparison, records: u32) {
    let (formhand, hand) = (&comparison.formhand, &comparison.hand);
    let (workers, rounds) = (comparison.rounds.workers, comparison.ratios.len());
    println!("{workers} at a time, {rounds} rounds of {records} records each, alternating\n");
    println!("  {:<26}{:>22}{:>22}", "", "Formhand", "by hand");
    let numbers: [Line<f64>; 7] = [
        ("jobs a minute", |all| all.jobs_per_minute),
        ("browser CPU, ms a job", |all| all.browser_cpu_ms),
        ("own CPU, ms a job", |all| all.own_cpu_ms),
        ("portal CPU, ms a job", |all| all.portal_cpu_ms),
        ("calls a job", |all| all.calls),
        ("answers and events a job", |all| all.answers_and_events),
        ("browser memory, MB peak", |all| all.peak_memory_mb),
    ];
    let spreads: [Line<Spread>; 2] = [
        ("wall clock, ms a job", |all| all.wall_ms),
        ("ms from start to end", |all| all.job_ms),
    ];
    for (name, value) in spreads {
        let (left, right) = (range(value(formhand)), range(value(hand)));
        println!("  {name:<26}{left:>22}{right:>22}");
    }
    for (name, value) in numbers {
        println!("  {name:<26}{:>22.0}{:>22.0}", value(formhand), value(hand));
    }
    println!();
    phases(formhand, hand, workers == 1);
    let ratios: Vec<String> = comparison
        .ratios
        .iter()
        .map(|ratio| format!("{ratio:.2}"))
        .collect();
    let verdict = match (workers, comparison.ratio < LIMIT) {
        (1, true) => format!(" (below {LIMIT})"),
        (1, false) => format!(" (NOT below {LIMIT})"),
        _ => String::new(),
    };
    println!(
        "\n  ratio of the wall clocks: {}, median {:.2}{verdict}\n",
        ratios.join(", "),
        comparison.ratio
    );
}

/// What sessions cost when they end.
fn sessions(healing: &Healing) {
    println!("\nA session that ends while three jobs work\n");
    for expiries in &healing.expiries {
        let manner = if expiries.delays > 0.0 {
            "the portal in its real manner"
        } else {
            "the portal without its delays"
        };
        let Expiries {
            count,
            jobs,
            logins,
            burnt,
            ..
        } = expiries;
        println!(
            "  {manner}: {count} expiries, {jobs} jobs, {burnt} burnt, {logins} logins with the first"
        );
        println!(
            "    known after the answer that shows it, ms    {:>22}",
            range(expiries.known_ms)
        );
        println!(
            "    the login that follows, ms                  {:>22}",
            range(expiries.login_ms)
        );
        println!(
            "    from known to all at work again, ms         {:>22}",
            range(expiries.healed_ms)
        );
        println!(
            "    beside the login                            {:>21.0}%",
            expiries.beside_login * 100.0
        );
    }
    println!(
        "  a script that sleeps 3 s and looks, ms        {:>22.0}",
        healing.baseline_ms
    );
    let deaths = &healing.deaths;
    println!(
        "\nThe browser that keeps the session is killed {} times, {} logins with the first\n",
        deaths.count, deaths.logins
    );
    println!(
        "    known, ms                                   {:>22}",
        range(deaths.known_ms)
    );
    println!(
        "    from known to a session in a new one, ms    {:>22}",
        range(deaths.recovered_ms)
    );
    if !healing.lives.is_empty() {
        lives(&healing.lives);
    }
}

fn lives(all: &[Lives]) {
    println!("\nPrediction, on sessions whose life is drawn at random\n");
    println!(
        "  {:<20}{:>10}{:>10}{:>10}{:>14}{:>14}",
        "lives", "sessions", "expired", "renewed", "pre-empted", "more logins"
    );
    for one in all {
        #[expect(clippy::cast_precision_loss, reason = "counts are small")]
        let (ends, renewed, sessions) = (
            (one.expired + one.renewed).max(1) as f64,
            one.renewed as f64,
            one.sessions as f64,
        );
        println!(
            "  {:<20}{:>10}{:>10}{:>10}{:>13.0}%{:>13.0}%",
            one.shape,
            one.sessions,
            one.expired,
            one.renewed,
            renewed / ends * 100.0,
            (sessions / one.logins_without.max(1.0) - 1.0) * 100.0
        );
    }
}

/// Messages can be told apart only where one job is in the browser.
fn phases(formhand: &Summary, hand: &Summary, with_messages: bool) {
    for (left, right) in formhand.phases.iter().zip(&hand.phases) {
        let cell = |ms: f64, messages: f64| {
            if with_messages {
                format!("{ms:.1} ms {messages:>5.0} msg")
            } else {
                format!("{ms:.1} ms")
            }
        };
        println!(
            "  {:<26}{:>22}{:>22}",
            left.phase,
            cell(left.ms, left.messages),
            cell(right.ms, right.messages)
        );
    }
}

fn range(spread: Spread) -> String {
    format!(
        "{:.0} ({:.0} to {:.0})",
        spread.median, spread.min, spread.max
    )
}

/// The last round's steps; the last, because its code and caches are the warmest.
fn steps(rounds: &[Round]) {
    let Some(round) = rounds.last() else { return };
    println!("  each step of Formhand in the last round, for an average job\n");
    for StepCost {
        name,
        times,
        ms,
        messages,
    } in &round.steps
    {
        println!("  {name:<50}{times:>4.0} × {ms:>8.1} ms {messages:>6.0} msg");
    }
    println!();
}
