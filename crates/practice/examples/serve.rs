//! Serves a practice portal until Ctrl-C: `cargo run -p formhand-practice --example serve -- 4600 1`
//! (port, factor on delays).

use formhand_practice::{Options, start};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let port = args.next().map_or(Ok(4600), |text| text.parse())?;
    let delays = args.next().map_or(Ok(0.0), |text| text.parse())?;
    let practice = start(Options {
        port,
        delays,
        seed: Some(1),
        ..Options::default()
    })
    .await?;
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
