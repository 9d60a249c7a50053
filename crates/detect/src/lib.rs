//! When to escalate: signals, rules, the verdict and its trace. Pure.
