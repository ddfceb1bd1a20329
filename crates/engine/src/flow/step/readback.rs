//! `readback`: compares fields with what they should hold.

use formhand_browser::Frame;
use formhand_portal::Readback;

use super::super::{Run, Stop, fields::declared};

pub(crate) async fn readback(
    run: &mut Run,
    frame: &Frame,
    fields: &[Readback],
) -> Result<(), Stop> {
    let more = fields
        .iter()
        .map(|field| declared(field, &run.scope))
        .collect::<Result<Vec<_>, _>>()?;
    let read_back = run.fields.check(frame, more).await?;
    if let Some(trace) = &run.trace {
        trace.compared(read_back);
    }
    Ok(())
}
