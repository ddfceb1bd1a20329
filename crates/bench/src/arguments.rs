//! The command line.

use clap::Parser;

/// Files records through the practice portal with Formhand and with a script written by hand for the same pages, in
/// alternating rounds, and prints what a job costs.
#[derive(Debug, Parser)]
pub(crate) struct Arguments {
    /// Records in each round.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1000))]
    pub(crate) records: u32,

    /// Rounds of each of the two.
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=100))]
    pub(crate) rounds: u32,

    /// Jobs at once; several numbers are measured one after the other.
    #[arg(long, value_delimiter = ',', default_value = "1,3")]
    pub(crate) workers: Vec<usize>,

    /// Also prints what each step of Formhand costs, where there is one job at a time.
    #[arg(long)]
    pub(crate) steps: bool,

    /// Expiries of a session with three jobs at work; none leaves the part about sessions out.
    #[arg(long, default_value_t = 6)]
    pub(crate) expiries: u32,

    /// Deaths of a master's browser.
    #[arg(long, default_value_t = 4)]
    pub(crate) deaths: u32,

    /// Sessions of each of three shapes of lives, with prediction on; none leaves that part out.
    #[arg(long, default_value_t = 25)]
    pub(crate) lives: u32,

    /// Prints the report as JSON.
    #[arg(long)]
    pub(crate) json: bool,
}
