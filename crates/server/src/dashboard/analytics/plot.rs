//! Bars as a picture, with the same numbers as a table for those who cannot see it.

use maud::{Markup, html};

use super::{super::time, bars::Bar};

/// In units of the picture; it takes the width that there is.
const WIDTH: f64 = 960.0;
const HEIGHT: f64 = 220.0;
const LEFT: f64 = 44.0;
const BOTTOM: f64 = 24.0;
const TOP: f64 = 8.0;

/// Words below every so many bars.
const WORDS_EVERY: usize = 4;

/// The plot of jobs that ended. `format` is how the begin of a stretch is told, in UTC.
pub(super) fn plot(bars: &[Bar], title: &str, format: &str) -> Markup {
    let most = bars.iter().map(Bar::total).max().unwrap_or(0).max(1);
    html! {
        ul.legend aria-hidden="true" {
            li.filed { i {} "filed" }
            li.unfiled { i {} "not filed" }
            li.refused { i {} "refused or cancelled" }
        }
        svg.plot viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label=(title) {
            @for (level, number) in rules(most) {
                line.rule x1=(LEFT) x2=(WIDTH) y1=(at(level)) y2=(at(level)) {}
                text x=(LEFT - 8.0) y=(at(level) + 4.0) text-anchor="end" { (number) }
            }
            @for (place, bar) in bars.iter().enumerate() {
                (stack(bar, place, bars.len(), most))
                @if place % WORDS_EVERY == 0 {
                    text x=(left(place, bars.len())) y=(HEIGHT - 6.0) { (bar.from.strftime(format)) }
                }
            }
        }
        details {
            summary { "The same as a table" }
            (table(bars))
        }
    }
}

fn stack(bar: &Bar, place: usize, count: usize, most: u64) -> Markup {
    let (x, width) = (
        left(place, count),
        (WIDTH - LEFT) / number(count as u64) * 0.8,
    );
    let parts = [
        ("filed", bar.filed),
        ("unfiled", bar.unfiled),
        ("refused", bar.refused),
    ];
    let mut below = 0;
    let mut rectangles = Vec::new();
    for (class, jobs) in parts.into_iter().filter(|(_, jobs)| *jobs > 0) {
        let (low, high) = (share(below, most), share(below + jobs, most));
        rectangles.push((class, at(high), at(low) - at(high)));
        below += jobs;
    }
    html! {
        @for (class, y, height) in rectangles {
            rect class=(class) x=(rounded(x)) y=(rounded(y)) width=(rounded(width)) height=(rounded(height)) {}
        }
    }
}

fn table(bars: &[Bar]) -> Markup {
    html! {
        div.wide {
            table {
                thead {
                    tr {
                        th scope="col" { "From" }
                        th.number scope="col" { "Filed" }
                        th.number scope="col" { "Not filed" }
                        th.number scope="col" { "Refused or cancelled" }
                    }
                }
                tbody {
                    @for bar in bars.iter().filter(|bar| bar.total() > 0) {
                        tr {
                            th scope="row" { (time::moment(bar.from)) }
                            td.number { (bar.filed) }
                            td.number { (bar.unfiled) }
                            td.number { (bar.refused) }
                        }
                    }
                }
            }
        }
    }
}

/// Heights (from 0 to 1) that are ruled, and what they stand for. A half of one job is no number.
fn rules(most: u64) -> Vec<(f64, u64)> {
    let mut rules = vec![(0.0, 0), (1.0, most)];
    if most.is_multiple_of(2) {
        rules.insert(1, (0.5, most / 2));
    }
    rules
}

/// The height of a share of the greatest bar, from above.
fn at(share: f64) -> f64 {
    TOP + (HEIGHT - BOTTOM - TOP) * (1.0 - share)
}

fn left(place: usize, count: usize) -> f64 {
    LEFT + (WIDTH - LEFT) / number(count as u64) * number(place as u64)
}

fn share(part: u64, of: u64) -> f64 {
    number(part) / number(of)
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a pixel is far coarser than the loss"
)]
fn number(of: u64) -> f64 {
    of as f64
}

fn rounded(length: f64) -> String {
    format!("{length:.1}")
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn the_greatest_bar_fills_the_picture_and_the_parts_stand_on_each_other() {
        let bar = |filed, unfiled| Bar {
            from: Timestamp::UNIX_EPOCH,
            filed,
            unfiled,
            refused: 0,
        };
        let picture = plot(&[bar(3, 1), bar(1, 0)], "Jobs", "%H:%M").into_string();
        let of = |class: &str| -> Vec<&str> {
            let begin = format!("<rect class=\"{class}\"");
            picture
                .match_indices(&begin)
                .map(|(place, _)| picture[place..].split('>').next().unwrap())
                .collect()
        };
        assert_eq!(of("filed").len(), 2);
        assert!(of("filed")[0].ends_with("height=\"141.0\""), "{picture}");
        assert!(of("unfiled")[0].contains("y=\"8.0\""), "{picture}");
        assert!(of("refused").is_empty());
    }

    #[test]
    fn a_plot_of_nothing_is_a_plot() {
        assert!(plot(&[], "Jobs", "%H").into_string().contains("<svg"));
    }
}
