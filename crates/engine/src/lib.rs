//! The shell: load, decide, append, hint; bot turns, the router loop, deadlines.
