//! Every family that is shown is documented as it is, and the other way round.

mod documented;
mod everything;
