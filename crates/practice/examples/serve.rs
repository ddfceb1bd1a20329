//! Serves a practice portal until Ctrl-C. The argument is the options as JSON:
//! `cargo run -p formhand-practice --example serve -- '{"port": 4600, "delays": 0}'`

use formhand_practice::{Options, start};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let json = std::env::args().nth(1).unwrap_or_else(|| "{}".to_owned());
    let practice = start(serde_json::from_str::<Options>(&json)?).await?;
    announce(practice.url());
    tokio::signal::ctrl_c().await?;
    practice.shutdown().await;
    Ok(())
}

#[expect(
    clippy::print_stdout,
    reason = "the address is what this program has to say"
)]
fn announce(url: &str) {
    println!("{url}");
}
