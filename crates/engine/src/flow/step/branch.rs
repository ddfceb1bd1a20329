//! `when` and `each`.

use formhand_browser::Frame;
use formhand_portal::{Condition, Step, value::Expression};

use super::super::{Run, Stop, translate, trouble};

pub(crate) async fn when(
    run: &mut Run,
    frame: &Frame,
    record: Option<&Expression>,
    page: Option<&Condition>,
    then: &[Step],
    otherwise: &[Step],
) -> Result<(), Stop> {
    let mut holds = true;
    if let Some(record) = record {
        holds &= record.holds(&run.scope)?;
    }
    if let Some(page) = page
        && holds
    {
        let condition = translate::condition(&run.portal.base, page);
        holds &= trouble::holds_now(frame, &[condition]).await;
    }
    run.steps(frame, if holds { then } else { otherwise }).await
}

pub(crate) async fn each(
    run: &mut Run,
    frame: &Frame,
    of: &Expression,
    steps: &[Step],
) -> Result<(), Stop> {
    let outer = run.scope.clone();
    for item in of.list(&outer)? {
        // What an item captured stays; the item itself does not.
        run.scope.item = Some(item);
        run.steps(frame, steps).await?;
    }
    run.scope.item = outer.item;
    Ok(())
}
