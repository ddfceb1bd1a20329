//! What the browser says must not be seen, as evidence paints over it.

use formhand_browser::Rect;
use formhand_evidence::Area;

/// The parts of a picture that are painted over before anybody gets it.
pub(crate) fn areas(masks: &[Rect]) -> Vec<Area> {
    let area = |mask: &Rect| Area {
        x: mask.x,
        y: mask.y,
        width: mask.width,
        height: mask.height,
    };
    masks.iter().map(area).collect()
}
