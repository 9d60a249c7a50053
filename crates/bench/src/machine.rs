//! What the operating system says of the machine and of a process: load, flushes, memory, bytes written, time on a core.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use anyhow::{Context, Result};

use crate::statistics::{Conditions, median};

/// Appends that one look at the disk makes.
const FLUSHES: usize = 40;
/// What one of them writes.
const FLUSHED: [u8; 256] = [7; 256];

/// A measurement asks the clock.
#[allow(clippy::disallowed_methods)]
pub(crate) fn now() -> Instant {
    Instant::now()
}

/// How the machine is right now; `folder` is on the disk that is measured.
pub(crate) fn conditions(folder: &Path) -> Result<Conditions> {
    let load = fs::read_to_string("/proc/loadavg")?;
    let load = load.split(' ').next().and_then(|first| first.parse().ok()).context("read /proc/loadavg")?;
    Ok(Conditions { load, flush_us: median(&flushes(folder)?) })
}

fn flushes(folder: &Path) -> Result<Vec<f64>> {
    let path = folder.join("flush");
    let mut file = File::create(&path)?;
    let mut times = Vec::with_capacity(FLUSHES);
    for _ in 0..FLUSHES {
        let began = now();
        file.write_all(&FLUSHED)?;
        file.sync_data()?;
        times.push(began.elapsed().as_secs_f64() * 1e6);
    }
    fs::remove_file(path)?;
    Ok(times)
}

/// Memory that a process holds, in bytes.
pub(crate) fn resident_bytes(process: u32) -> Result<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let kilobytes = number_after(&status, "VmRSS:").context("read VmRSS")?;
    Ok(kilobytes * 1024)
}

/// Bytes that a process has sent to the disk.
pub(crate) fn written_bytes(process: u32) -> Result<u64> {
    let io = fs::read_to_string(format!("/proc/{process}/io"))?;
    number_after(&io, "\nwrite_bytes:").context("read write_bytes")
}

/// Seconds that all threads of a process have spent on a core.
pub(crate) fn core_seconds(process: u32) -> Result<f64> {
    let mut nanoseconds = 0_u64;
    for thread in fs::read_dir(format!("/proc/{process}/task"))? {
        // A thread may end between the listing and the look.
        let Ok(statistics) = fs::read_to_string(thread?.path().join("schedstat")) else { continue };
        nanoseconds += statistics.split(' ').next().and_then(|first| first.parse::<u64>().ok()).unwrap_or(0);
    }
    Ok(std::time::Duration::from_nanos(nanoseconds).as_secs_f64())
}

/// Seconds that this thread has spent on a core.
pub(crate) fn own_core_seconds() -> Result<f64> {
    let statistics = fs::read_to_string("/proc/thread-self/schedstat")?;
    let nanoseconds = statistics.split(' ').next().and_then(|first| first.parse().ok()).context("read schedstat")?;
    Ok(std::time::Duration::from_nanos(nanoseconds).as_secs_f64())
}

fn number_after(text: &str, label: &str) -> Option<u64> {
    let rest = &text[text.find(label)? + label.len()..];
    rest.split_whitespace().next()?.parse().ok()
}

/// The cores of this machine.
pub(crate) fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Keeps this process and all its threads on some cores; false when the system has no tool for it.
pub(crate) fn stay_on(cores: &str) -> bool {
    let own = std::process::id().to_string();
    let kept = Command::new("taskset").args(["-a", "-c", "-p", cores, &own]).stdout(Stdio::null()).status();
    kept.is_ok_and(|status| status.success())
}

/// Counts the flushes that a process asks the system for, with the kernel's own counters.
pub(crate) struct FlushCount(Child);

impl FlushCount {
    /// `None` where `perf` or its right to look is missing.
    pub(crate) fn begin(process: u32) -> Option<Self> {
        let events = "syscalls:sys_enter_fdatasync,syscalls:sys_enter_fsync";
        let probe = Command::new("perf").args(["stat", "-e", events, "true"]).output().ok()?;
        if !probe.status.success() {
            return None;
        }
        let counting = Command::new("perf")
            .args(["stat", "-x", ",", "-e", events, "-p", &process.to_string()])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn();
        counting.ok().map(Self)
    }

    pub(crate) fn end(self) -> Result<u64> {
        Command::new("kill").args(["-INT", &self.0.id().to_string()]).status()?;
        let output = self.0.wait_with_output()?;
        let said = String::from_utf8_lossy(&output.stderr);
        let counts = said.lines().filter(|line| line.contains("sys_enter_f"));
        let sum = counts.filter_map(|line| line.split(',').next()?.parse::<u64>().ok()).sum();
        Ok(sum)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_knows_what_this_process_holds_writes_and_uses() {
        let own = std::process::id();
        assert!(resident_bytes(own).unwrap() > 100_000);
        let folder = tempfile::tempdir().unwrap();
        assert!(conditions(folder.path()).unwrap().flush_us > 0.0);
        assert!(written_bytes(own).is_ok());
        let before = own_core_seconds().unwrap();
        let busy: u64 = (0..10_000_000_u64).fold(0, |sum, number| sum ^ number.rotate_left(7));
        assert_ne!(busy, 1);
        assert!(own_core_seconds().unwrap() > before);
        assert!(core_seconds(own).unwrap() > 0.0);
    }

    #[test]
    fn a_number_is_found_behind_its_label_only() {
        let io = "wchar: 9\ncancelled_write_bytes: 5\nwrite_bytes: 4096\n";
        assert_eq!(number_after(io, "\nwrite_bytes:"), Some(4096));
        assert_eq!(number_after(io, "rchar:"), None);
    }
}
