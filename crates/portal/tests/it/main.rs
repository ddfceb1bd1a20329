//! The portal definitions, from outside.
