//! A real PostgreSQL for tests: its own folder, its own port on the loopback, gone with the process that started it,
//! however that process ends.

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use tempfile::TempDir;

/// Ports are free until somebody else takes them, so a few are tried.
const TRIES: u32 = 5;
/// Speed over safety: what these servers hold is worth nothing tomorrow.
const SETTINGS: &str = "-c fsync=off -c full_page_writes=off -c max_connections=200 -c log_min_messages=warning";

/// A server of one's own.
pub struct Postgres {
    bin: PathBuf,
    folder: TempDir,
    port: u16,
    /// Waits for its standard input to end, which it does however this process ends, and then stops the server.
    guard: Option<Child>,
    databases: AtomicU32,
}

impl Postgres {
    /// Starts a server. The error says why there is none, for a line that begins with SKIPPED.
    pub fn start() -> Result<Self, String> {
        let bin = binaries().ok_or(
            "PostgreSQL is not installed (looked in /usr/lib/postgresql/*/bin and on the PATH): apt-get install postgresql",
        )?;
        let folder = tempfile::Builder::new().prefix("baton-postgres-").tempdir().map_err(|error| said(&error))?;
        if let Some(user) = other_user()? {
            std::os::unix::fs::chown(folder.path(), Some(user.0), Some(user.1)).map_err(|error| said(&error))?;
        }
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).map_err(|error| said(&error))?;
        let mut server = Self { bin, folder, port: 0, guard: None, databases: AtomicU32::new(0) };
        let data = server.data();
        let made = [
            "-D",
            &data,
            "-U",
            "baton",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            "--no-instructions",
        ];
        server.run("initdb", &made)?;
        server.guard = Some(server.guard()?);
        let mut why = String::new();
        for _ in 0..TRIES {
            server.port = free_port()?;
            match server.up() {
                Ok(()) => return Ok(server),
                Err(error) => why = error,
            }
        }
        Err(why)
    }

    /// The one server that all tests of a process share; each takes a [`Postgres::database`] of its own.
    pub fn shared() -> Result<&'static Self, String> {
        static SHARED: OnceLock<Result<Postgres, String>> = OnceLock::new();
        SHARED.get_or_init(Self::start).as_ref().map_err(Clone::clone)
    }

    /// The address of the database that is there from the start.
    pub fn url(&self) -> String {
        format!("postgres://baton@127.0.0.1:{}/postgres", self.port)
    }

    /// Makes an empty database and gives its address.
    pub fn database(&self) -> Result<String, String> {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let port = self.port.to_string();
        self.run("createdb", &["-h", "127.0.0.1", "-p", &port, "-U", "baton", &name])?;
        Ok(format!("postgres://baton@127.0.0.1:{}/{name}", self.port))
    }

    /// Stops the server as a power cut would; its data stay.
    pub fn cut(&self) -> Result<(), String> {
        self.run("pg_ctl", &["-D", &self.data(), "-m", "immediate", "-w", "stop"])
    }

    /// Starts it again on the same port.
    pub fn up(&self) -> Result<(), String> {
        let folder = self.folder.path().display();
        let options = format!("-p {} -c listen_addresses=127.0.0.1 -k {folder} {SETTINGS}", self.port);
        let log = format!("{folder}/log");
        self.run("pg_ctl", &["-D", &self.data(), "-l", &log, "-o", &options, "-w", "-t", "60", "start"])
            .map_err(|error| format!("{error}\n{}", fs::read_to_string(log).unwrap_or_default()))
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<(), String> {
        let output = as_user(&self.bin.join(program), arguments)?
            .stdin(Stdio::null())
            .current_dir(self.folder.path())
            .output()
            .map_err(|error| format!("{program}: {error}"))?;
        if output.status.success() {
            return Ok(());
        }
        Err(format!(
            "{program}: {}{}",
            String::from_utf8_lossy(&output.stderr),
            String::from_utf8_lossy(&output.stdout)
        ))
    }

    fn guard(&self) -> Result<Child, String> {
        let script = "cat > /dev/null; \"$0\" -D \"$1\" -m immediate -w stop; rm -rf \"$2\"";
        let stop = self.bin.join("pg_ctl").display().to_string();
        let folder = self.folder.path().display().to_string();
        as_user(Path::new("/bin/sh"), &["-c", script, &stop, &self.data(), &folder])?
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .current_dir("/")
            .spawn()
            .map_err(|error| format!("the guard of PostgreSQL: {error}"))
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if let Some(mut guard) = self.guard.take() {
            drop(guard.stdin.take());
            let _ = guard.wait();
        }
    }
}

/// Says on the test's own output why something was not tested.
pub fn skipped(what: &str, why: &str) {
    // Past the test harness's capture, so that it is seen in a run that passes.
    let _ = writeln!(std::io::stderr(), "SKIPPED {what}: {why}");
}

fn binaries() -> Option<PathBuf> {
    let holds = |folder: &PathBuf| folder.join("initdb").exists() && folder.join("pg_ctl").exists();
    let mut packaged: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(holds)
        .collect();
    packaged.sort();
    packaged.pop().or_else(|| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).find(holds)
    })
}

/// PostgreSQL refuses to run as root; Debian's package brings a user for it.
fn other_user() -> Result<Option<(u32, u32)>, String> {
    let me = fs::metadata("/proc/self").map_err(|error| said(&error))?.uid();
    if me != 0 {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd").map_err(|error| said(&error))?;
    let line = users.lines().find(|line| line.starts_with("postgres:"));
    let mut fields =
        line.ok_or("running as root, and there is no user `postgres` to run PostgreSQL as")?.split(':').skip(2);
    let mut number = || fields.next().and_then(|field| field.parse().ok()).ok_or("the user `postgres` has no number");
    Ok(Some((number()?, number()?)))
}

fn as_user(program: &Path, arguments: &[&str]) -> Result<Command, String> {
    let mut command = match other_user()? {
        None => Command::new(program),
        Some((user, group)) => {
            let mut command = Command::new("setpriv");
            command.arg(format!("--reuid={user}")).arg(format!("--regid={group}")).arg("--clear-groups").arg(program);
            command
        }
    };
    command.args(arguments.iter().map(OsStr::new)).env("LC_ALL", "C").env_remove("PGDATA").env_remove("PGPORT");
    Ok(command)
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| said(&error))?;
    listener.local_addr().map(|address| address.port()).map_err(|error| said(&error))
}

fn said(error: &std::io::Error) -> String {
    format!("a place for PostgreSQL: {error}")
}
