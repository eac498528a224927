//! What people are shown of a run. Reading only: whoever looks changes nothing.

mod form;
mod state;
mod table;
