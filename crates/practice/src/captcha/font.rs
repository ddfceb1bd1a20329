//! Our own stroke font for A to Z: each letter is a few lines and arcs in a box from (0, 0), top
//! left, to (1, 1), bottom right.

/// One stroke of a letter.
#[derive(Clone, Copy)]
pub(crate) enum Stroke {
    /// Straight lines from point to point.
    Path(&'static [(f32, f32)]),
    /// Part of an ellipse: centre, radii, from and to in degrees; 0 is right, 90 is down.
    Arc {
        centre: (f32, f32),
        radii: (f32, f32),
        from: f32,
        to: f32,
    },
}

use Stroke::{Arc, Path};

const fn arc(centre: (f32, f32), radii: (f32, f32), from: f32, to: f32) -> Stroke {
    Arc {
        centre,
        radii,
        from,
        to,
    }
}

/// The strokes of a capital letter; anything else is blank.
pub(crate) fn strokes(letter: char) -> &'static [Stroke] {
    if letter < 'N' {
        a_to_m(letter)
    } else {
        n_to_z(letter)
    }
}

fn a_to_m(letter: char) -> &'static [Stroke] {
    match letter {
        'A' => &[
            Path(&[(0.0, 1.0), (0.5, 0.0), (1.0, 1.0)]),
            Path(&[(0.2, 0.65), (0.8, 0.65)]),
        ],
        'B' => &[
            Path(&[(0.55, 0.0), (0.08, 0.0), (0.08, 1.0), (0.6, 1.0)]),
            Path(&[(0.08, 0.48), (0.6, 0.48)]),
            const { arc((0.55, 0.24), (0.33, 0.24), -90.0, 90.0) },
            const { arc((0.6, 0.74), (0.38, 0.26), -90.0, 90.0) },
        ],
        'C' => &[const { arc((0.55, 0.5), (0.5, 0.5), 45.0, 315.0) }],
        'D' => &[
            Path(&[(0.4, 0.0), (0.08, 0.0), (0.08, 1.0), (0.4, 1.0)]),
            const { arc((0.4, 0.5), (0.57, 0.5), -90.0, 90.0) },
        ],
        'E' => &[
            Path(&[(0.9, 0.0), (0.12, 0.0), (0.12, 1.0), (0.92, 1.0)]),
            Path(&[(0.12, 0.48), (0.78, 0.48)]),
        ],
        'F' => &[
            Path(&[(0.92, 0.0), (0.14, 0.0), (0.14, 1.0)]),
            Path(&[(0.14, 0.48), (0.78, 0.48)]),
        ],
        'G' => &[
            const { arc((0.52, 0.5), (0.5, 0.5), 25.0, 315.0) },
            Path(&[(0.58, 0.56), (0.98, 0.56), (0.98, 0.95)]),
        ],
        'H' => &[
            Path(&[(0.08, 0.0), (0.08, 1.0)]),
            Path(&[(0.92, 0.0), (0.92, 1.0)]),
            Path(&[(0.08, 0.48), (0.92, 0.48)]),
        ],
        'I' => &[
            Path(&[(0.5, 0.0), (0.5, 1.0)]),
            Path(&[(0.22, 0.0), (0.78, 0.0)]),
            Path(&[(0.22, 1.0), (0.78, 1.0)]),
        ],
        'J' => &[
            Path(&[(0.8, 0.0), (0.8, 0.66)]),
            const { arc((0.44, 0.66), (0.36, 0.34), 0.0, 175.0) },
        ],
        'K' => &[
            Path(&[(0.1, 0.0), (0.1, 1.0)]),
            Path(&[(0.92, 0.0), (0.1, 0.6)]),
            Path(&[(0.4, 0.4), (0.95, 1.0)]),
        ],
        'L' => &[Path(&[(0.12, 0.0), (0.12, 1.0), (0.9, 1.0)])],
        'M' => &[Path(&[
            (0.0, 1.0),
            (0.06, 0.0),
            (0.5, 0.75),
            (0.94, 0.0),
            (1.0, 1.0),
        ])],
        _ => &[],
    }
}

fn n_to_z(letter: char) -> &'static [Stroke] {
    match letter {
        'N' => &[Path(&[(0.08, 1.0), (0.08, 0.0), (0.92, 1.0), (0.92, 0.0)])],
        'O' => &[const { arc((0.5, 0.5), (0.5, 0.5), 0.0, 360.0) }],
        'P' => &[
            Path(&[(0.1, 1.0), (0.1, 0.0), (0.6, 0.0)]),
            Path(&[(0.1, 0.55), (0.6, 0.55)]),
            const { arc((0.6, 0.275), (0.34, 0.275), -90.0, 90.0) },
        ],
        'Q' => &[
            const { arc((0.5, 0.48), (0.5, 0.48), 0.0, 360.0) },
            Path(&[(0.55, 0.7), (0.98, 1.1)]),
        ],
        'R' => &[
            Path(&[(0.1, 1.0), (0.1, 0.0), (0.6, 0.0)]),
            Path(&[(0.1, 0.52), (0.6, 0.52)]),
            const { arc((0.6, 0.26), (0.33, 0.26), -90.0, 90.0) },
            Path(&[(0.5, 0.52), (0.95, 1.0)]),
        ],
        'S' => &[
            const { arc((0.5, 0.26), (0.4, 0.26), 90.0, 340.0) },
            const { arc((0.5, 0.76), (0.43, 0.25), -90.0, 160.0) },
        ],
        'T' => &[
            Path(&[(0.02, 0.0), (0.98, 0.0)]),
            Path(&[(0.5, 0.0), (0.5, 1.0)]),
        ],
        'U' => &[
            Path(&[(0.08, 0.0), (0.08, 0.62)]),
            Path(&[(0.92, 0.0), (0.92, 0.62)]),
            const { arc((0.5, 0.62), (0.42, 0.38), 0.0, 180.0) },
        ],
        'V' => &[Path(&[(0.02, 0.0), (0.5, 1.0), (0.98, 0.0)])],
        'W' => &[Path(&[
            (0.0, 0.0),
            (0.24, 1.0),
            (0.5, 0.2),
            (0.76, 1.0),
            (1.0, 0.0),
        ])],
        'X' => &[
            Path(&[(0.05, 0.0), (0.95, 1.0)]),
            Path(&[(0.95, 0.0), (0.05, 1.0)]),
        ],
        'Y' => &[
            Path(&[(0.02, 0.0), (0.5, 0.5), (0.98, 0.0)]),
            Path(&[(0.5, 0.5), (0.5, 1.0)]),
        ],
        'Z' => &[Path(&[(0.06, 0.0), (0.94, 0.0), (0.06, 1.0), (0.96, 1.0)])],
        _ => &[],
    }
}

/// A stroke as points close enough together to be bent.
pub(crate) fn points(stroke: Stroke) -> Vec<(f32, f32)> {
    const STEPS: u8 = 24;
    match stroke {
        Arc {
            centre,
            radii,
            from,
            to,
        } => (0..=STEPS)
            .map(|step| {
                let angle = (from + (to - from) * f32::from(step) / f32::from(STEPS)).to_radians();
                (
                    centre.0 + radii.0 * angle.cos(),
                    centre.1 + radii.1 * angle.sin(),
                )
            })
            .collect(),
        Path(corners) => corners
            .windows(2)
            .flat_map(|pair| between(pair[0], pair[1]))
            .collect(),
    }
}

fn between(from: (f32, f32), to: (f32, f32)) -> impl Iterator<Item = (f32, f32)> {
    const STEPS: u8 = 8;
    (0..=STEPS).map(move |step| {
        let part = f32::from(step) / f32::from(STEPS);
        (
            from.0 + (to.0 - from.0) * part,
            from.1 + (to.1 - from.1) * part,
        )
    })
}
