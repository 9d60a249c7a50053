//! The processes that are measured: the real `baton serve`, and the bare server beside it. Each is ended by its own id.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail};

/// Where things are.
pub(crate) struct Place {
    /// The program that is measured.
    pub(crate) baton: PathBuf,
    /// A folder that goes with this run.
    pub(crate) folder: PathBuf,
}

impl Place {
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Runs the program to its end, with `input` on its standard input.
    pub(crate) fn baton(&self, arguments: &[&str], input: &str) -> Result<()> {
        use std::io::Write;
        let mut command = Command::new(&self.baton);
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().with_context(|| format!("start {}", self.baton.display()))?;
        child.stdin.take().context("no standard input")?.write_all(input.as_bytes())?;
        let output = child.wait_with_output()?;
        if !output.status.success() {
            bail!("baton {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr));
        }
        Ok(())
    }

    /// Starts `baton serve` on a database and a free port.
    pub(crate) fn serve(&self, database: &Path, config: Option<&Path>, core: Option<&str>) -> Result<Server> {
        let mut command = on_core(&self.baton, core);
        command.args(["serve", "--no-rate-limits", "--listen", "127.0.0.1:0", "--database"]).arg(database);
        if let Some(config) = config {
            command.arg("--config").arg(config);
        }
        Server::start(command.env("RUST_LOG", "warn"))
    }
}

/// Starts the bare server: this program again, in a process of its own.
pub(crate) fn bare(core: Option<&str>) -> Result<Server> {
    let own = std::env::current_exe()?;
    Server::start(on_core(&own, core).arg("bare"))
}

fn on_core(program: &Path, core: Option<&str>) -> Command {
    match core {
        None => Command::new(program),
        Some(core) => {
            let mut command = Command::new("taskset");
            command.args(["-c", core]).arg(program);
            command
        }
    }
}

/// A server that listens; it ends with its owner.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Server {
    /// Starts a program that prints the address it listens on as the end of its first line.
    fn start(command: &mut Command) -> Result<Self> {
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().context("start a server")?;
        let output = child.stdout.take().context("no standard output")?;
        let mut line = String::new();
        BufReader::new(output).read_line(&mut line)?;
        let address = line.trim().rsplit("http://").next().and_then(|address| address.parse().ok());
        let Some(address) = address else {
            let _ = child.kill();
            let _ = child.wait();
            bail!("the server said `{}` where its address was expected", line.trim());
        };
        Ok(Self { child, address })
    }

    pub(crate) fn process(&self) -> u32 {
        self.child.id()
    }

    /// Asks it to end, and waits until it has.
    pub(crate) fn stop(mut self) -> Result<()> {
        Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
