//! Whether a submit is recorded before it happens.

/// The order in which a submit and its record come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum GateSwitch {
    /// The record first: `armed` before the click, `crossed` before the request leaves.
    #[default]
    On,
    /// The request first, which breaks the first promise. It is there so that `formhand chaos` can be seen to find that,
    /// and the server refuses it for every portal that is not on this machine.
    Off,
}
