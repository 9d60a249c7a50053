//! Starts the binary, hears where it listens, and ends it by its process id.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread;
use std::time::Duration;

use tokio::sync::oneshot;

use crate::client::Site;

/// Longer than anything takes on a busy machine; whoever waits so long has failed.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);
/// Signs customers' access tokens where the database keeps no secret beside it.
const TOKEN_SECRET: &str = "6a1f0c2b6a1f0c2b6a1f0c2b6a1f0c2b6a1f0c2b6a1f0c2b6a1f0c2b6a1f0c2b";
const SAYS_WHERE: &str = "Baton listens on ";

/// The binary, with nothing of this environment that it would read.
fn baton(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baton"));
    command.args(arguments);
    for name in ["BATON_DATABASE", "BATON_PUBLIC_URL", "BATON_TOKEN_SECRET", "BATON_PASSWORD", "RUST_LOG"] {
        command.env_remove(name);
    }
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// What a command that ends by itself did.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    #[track_caller]
    pub(crate) fn well(self) -> String {
        assert_eq!(self.code, Some(0), "{}{}", self.out, self.err);
        self.out
    }

    /// It said no in words, all of these among them, and nothing that only programmers read.
    #[track_caller]
    pub(crate) fn badly(self, words: &[&str]) -> String {
        assert_eq!(self.code, Some(1), "{}{}", self.out, self.err);
        for word in words {
            assert!(self.err.contains(word), "`{word}` is not in: {}", self.err);
        }
        assert!(self.err.starts_with("baton: ") || self.err.contains("\nbaton: "), "{}", self.err);
        assert!(!self.err.contains("panicked") && !self.err.contains("backtrace"), "{}", self.err);
        self.err
    }
}

/// Runs a command to its end.
pub(crate) fn run(arguments: &[&str]) -> Ended {
    run_with(arguments, &[], "")
}

pub(crate) fn run_with(arguments: &[&str], environment: &[(&str, &str)], input: &str) -> Ended {
    let mut command = baton(arguments);
    command.envs(environment.iter().copied()).stdin(Stdio::piped());
    let mut child = command.spawn().expect("the binary starts");
    let id = child.id();
    // A command that does not read its input may be gone already.
    let _ = child.stdin.take().expect("it is piped").write_all(input.as_bytes());
    let (done, wait) = mpsc::channel();
    thread::spawn(move || done.send(child.wait_with_output()));
    let Ok(output) = wait.recv_timeout(PATIENCE) else {
        signal(id, "KILL");
        panic!("`baton {}` did not end within {PATIENCE:?}", arguments.join(" "));
    };
    let output = output.expect("it was started");
    Ended {
        code: output.status.code(),
        out: String::from_utf8_lossy(&output.stdout).into_owned(),
        err: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}

/// Sets passwords, so that people can sign in before the first start.
pub(crate) fn passwords(database: &str, agents: &[&str]) {
    for agent in agents {
        run_with(&["passwd", agent, "--database", database], &[], &format!("{}\n", password(agent))).well();
    }
}

pub(crate) fn password(agent: &str) -> String {
    format!("the password of {agent}")
}

/// A running server.
pub(crate) struct Server {
    child: Child,
    pub(crate) site: Site,
    log: Arc<Mutex<String>>,
}

impl Server {
    /// `baton serve` on a free port; returns when it answers.
    pub(crate) async fn start(database: &str, more: &[&str]) -> Self {
        match Self::try_start(database, more).await {
            Ok(server) => server,
            Err(ended) => panic!("the server did not start: {ended:?}"),
        }
    }

    /// The same, or how it ended instead.
    pub(crate) async fn try_start(database: &str, more: &[&str]) -> Result<Self, Ended> {
        let mut arguments = vec!["serve", "--database", database];
        if !more.contains(&"--listen") {
            arguments.extend(["--listen", "127.0.0.1:0"]);
        }
        arguments.extend(more);
        let mut command = baton(&arguments);
        if database.starts_with("postgres") {
            command.env("BATON_TOKEN_SECRET", TOKEN_SECRET);
        }
        let mut child = command.spawn().expect("the binary starts");
        let log = Arc::new(Mutex::new(String::new()));
        let reading = keep(child.stderr.take().expect("it is piped"), Arc::clone(&log));
        let (tell, told) = oneshot::channel();
        let out = BufReader::new(child.stdout.take().expect("it is piped"));
        thread::spawn(move || {
            let mut tell = Some(tell);
            for line in out.lines().map_while(Result::ok) {
                if let (Some(base), Some(tell)) = (line.strip_prefix(SAYS_WHERE), tell.take()) {
                    let _ = tell.send(base.to_owned());
                }
            }
        });
        let told = tokio::time::timeout(PATIENCE, told).await.expect("it says where it listens, or ends");
        if let Ok(base) = told {
            return Ok(Self { child, site: Site::new(&base), log });
        }
        let code = child.wait().expect("it was started").code();
        let _ = reading.join();
        let err = log.lock().unwrap_or_else(PoisonError::into_inner).clone();
        Err(Ended { code, out: String::new(), err })
    }

    /// What it has logged.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Cuts its power, as far as a process has one.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("it runs");
        self.child.wait().expect("it was started");
        self.assert_no_mistakes();
    }

    /// Asks it to end.
    pub(crate) fn terminate(&self) {
        signal(self.child.id(), "TERM");
    }

    /// Waits until it ends by itself.
    pub(crate) async fn ended(mut self, within: Duration) -> ExitStatus {
        let id = self.child.id();
        self.assert_no_mistakes();
        let log = Arc::clone(&self.log);
        let mut child = std::mem::replace(&mut self.child, spent());
        let wait = tokio::task::spawn_blocking(move || child.wait());
        let Ok(status) = tokio::time::timeout(within, wait).await else {
            signal(id, "KILL");
            let log = log.lock().unwrap_or_else(PoisonError::into_inner).clone();
            panic!("it did not end within {within:?}: {log}");
        };
        status.expect("waiting does not panic").expect("it was started")
    }

    /// Ends it as an administrator does.
    pub(crate) async fn stop(self) {
        self.terminate();
        let status = self.ended(PATIENCE).await;
        assert!(status.success(), "{status}");
    }

    /// Nothing panicked, and nothing was logged that is a mistake of ours or a fault of the world.
    #[track_caller]
    pub(crate) fn assert_no_mistakes(&self) {
        let log = self.log();
        assert!(!log.contains("panicked") && !log.contains("ERROR"), "{log}");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A process that has ended, to stand where one was.
fn spent() -> Child {
    Command::new("true").spawn().expect("every system has `true`")
}

fn keep(mut from: impl Read + Send + 'static, log: Arc<Mutex<String>>) -> thread::JoinHandle<()> {
    thread::spawn(move || {
        let mut part = [0; 4096];
        while let Ok(read @ 1..) = from.read(&mut part) {
            log.lock().unwrap_or_else(PoisonError::into_inner).push_str(&String::from_utf8_lossy(&part[..read]));
        }
    })
}

/// Signals go by the system's own program, since the standard library knows only the last one.
fn signal(id: u32, name: &str) {
    let sent =
        Command::new("kill").args([format!("-{name}"), id.to_string()]).status().expect("every system has `kill`");
    assert!(sent.success(), "send {name} to {id}");
}
