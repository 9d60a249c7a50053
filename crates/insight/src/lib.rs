//! What it all means later: service level, containment, abandonment. Pure over records.
