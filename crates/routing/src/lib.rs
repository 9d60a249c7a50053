//! Who gets a handoff and when: queues, skills, hours, matching, estimated wait. Pure.
