//! What can be asked on the command line.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use url::Url;
use uuid::Uuid;

/// Human handoff between a bot, its customers and the people behind it.
#[derive(Parser)]
#[command(name = "baton", version)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Serve customers, bots and agents.
    Serve(Serve),
    /// Serve a ready-made deployment to look at: Baton's own support.
    Demo(Demo),
    /// Say what a configuration file would change, also for the handoffs that wait right now; change nothing.
    Plan(Plan),
    /// Check a configuration file and run by it.
    Apply(Apply),
    /// Run by an older version of the configuration again; it becomes the next version.
    Rollback(RollBack),
    /// Print what a deployment has.
    Export(Export),
    /// Say why a handoff stands where it stands: what it needs, who was considered, and why not.
    Explain(Explain),
    /// Look at the versions of the configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// Set an agent's password, read from standard input.
    Passwd(Passwd),
    /// Make a key for a bot that answers through the API; it is printed once.
    BotKey(BotKey),
    /// Look at the database, its version and the configuration, and say what is wrong.
    Doctor(Doctor),
    /// Run a configuration through a simulated load, with the routing that runs live.
    Simulate(Simulate),
    /// Judge conversations turn by turn: JSON lines in, JSON lines out.
    Assess(Assess),
    /// Train a model from your own past.
    Train(Train),
    /// Try a policy on conversations that are over.
    Backtest(Backtest),
    /// Say how many agents each interval of the day needs, by Erlang's formulas, checked by simulation.
    Staffing(Staffing),
    /// Run the past's real arrivals through a changed configuration and say what would have been different.
    Backcast(Backcast),
    /// Print the API's description (OpenAPI 3.1).
    Openapi,
    /// Print the JSON Schema of the configuration file, for editors.
    Schema,
}

/// Where the data is.
#[derive(Args, Clone)]
pub(crate) struct Database {
    /// A file for SQLite, or `postgres://user@host/name`.
    #[arg(long, env = "BATON_DATABASE", default_value = "baton.db")]
    pub(crate) database: String,
}

#[derive(Args, Clone)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) database: Database,
    /// A configuration to apply before the start; without one the database's own runs.
    #[arg(long)]
    pub(crate) config: Option<PathBuf>,
    /// Where to listen. Port 0 takes a free one, which is printed.
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Where browsers find this server; default is the address it listens on.
    #[arg(long, env = "BATON_PUBLIC_URL")]
    pub(crate) public_url: Option<Url>,
    /// A folder of Markdown articles that knowledge bots answer from; without one the manual's.
    #[arg(long)]
    pub(crate) articles: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) judging: Judging,
    /// The header in which your own proxy names the client's address, like `x-forwarded-for`.
    #[arg(long)]
    pub(crate) client_address_header: Option<String>,
    /// Signs customers' access tokens: 64 hexadecimal digits. Without it one is kept beside a SQLite file.
    #[arg(long, env = "BATON_TOKEN_SECRET", hide_env_values = true)]
    pub(crate) token_secret: Option<String>,
    /// No limits on how often anybody may ask. For benchmarks alone.
    #[arg(long, hide = true)]
    pub(crate) no_rate_limits: bool,
    /// Say on every screen that this is a demonstration, as the busy demo does.
    #[arg(long, hide = true)]
    pub(crate) demonstration: bool,
}

#[derive(Args, Clone)]
pub(crate) struct Demo {
    /// A folder for the demo's data: `data/demo`, or `data/busy` for the busy one.
    #[arg(long)]
    pub(crate) data: Option<PathBuf>,
    /// Forget what was there and begin again.
    #[arg(long)]
    pub(crate) fresh: bool,
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,
    /// Fill the floor with scripted customers and two scripted agents, through the public API.
    #[arg(long)]
    pub(crate) busy: bool,
    /// Names the chance of the script: who comes when, and what they say.
    #[arg(long, requires = "busy", default_value_t = 1)]
    pub(crate) seed: u64,
    /// End by itself after so many seconds.
    #[arg(long, requires = "busy")]
    pub(crate) for_s: Option<u64>,
    /// How many times quicker than life the scripted people are, 0.1 to 50.
    #[arg(long, requires = "busy", default_value_t = 1.0)]
    pub(crate) pace: f64,
}

/// Where the configuration and the handoffs are.
#[derive(Args, Clone)]
pub(crate) struct Place {
    /// A running server; without one the database is used directly.
    #[arg(long)]
    pub(crate) server: Option<Url>,
    /// Who asks at the server; the password is read from `BATON_PASSWORD`.
    #[arg(long, requires = "server")]
    pub(crate) email: Option<String>,
    #[command(flatten)]
    pub(crate) database: Database,
}

#[derive(Args)]
pub(crate) struct Plan {
    /// The configuration, YAML.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) place: Place,
    /// For programs.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Apply {
    /// The configuration, YAML.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) place: Place,
    /// Why; it is kept with the version.
    #[arg(long)]
    pub(crate) note: Option<String>,
    /// Only check the file.
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Args)]
pub(crate) struct RollBack {
    /// The version to go back to; without one the newest that says something else than what runs.
    pub(crate) version: Option<u64>,
    #[command(flatten)]
    pub(crate) place: Place,
    /// Why; it is kept with the version.
    #[arg(long)]
    pub(crate) note: Option<String>,
}

#[derive(Args)]
pub(crate) struct Explain {
    /// The handoff's id, as the console and the API show it.
    pub(crate) handoff: Uuid,
    #[command(flatten)]
    pub(crate) place: Place,
    /// For programs.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Export {
    #[command(subcommand)]
    pub(crate) what: ExportWhat,
}

#[derive(Subcommand)]
pub(crate) enum ExportWhat {
    /// The configuration that runs, as it was written, comments and all.
    Config {
        /// An older version.
        #[arg(long)]
        version: Option<u64>,
        /// A file to write; without one it is printed.
        #[arg(long, short)]
        output: Option<PathBuf>,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Subcommand)]
pub(crate) enum ConfigCommand {
    /// List the versions: number, when, who, why.
    Versions(List),
    /// Say what one version has otherwise than another.
    Diff(Difference),
}

#[derive(Args)]
pub(crate) struct List {
    #[command(flatten)]
    pub(crate) place: Place,
    /// For programs.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Difference {
    /// The version to begin with; without one the one before the other.
    pub(crate) from: Option<u64>,
    /// The version to compare with; without one the newest.
    pub(crate) to: Option<u64>,
    #[command(flatten)]
    pub(crate) place: Place,
    /// For programs.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Passwd {
    /// The agent's key in the configuration.
    pub(crate) agent: String,
    #[command(flatten)]
    pub(crate) database: Database,
}

#[derive(Args)]
pub(crate) struct BotKey {
    /// The bot's key in the configuration.
    pub(crate) bot: String,
    /// What you call this key.
    #[arg(long, default_value = "made on the command line")]
    pub(crate) label: String,
    #[command(flatten)]
    pub(crate) database: Database,
}

#[derive(Args)]
pub(crate) struct Doctor {
    #[command(flatten)]
    pub(crate) database: Database,
}

#[derive(Args)]
pub(crate) struct Simulate {
    /// A configuration with a section `load:`, or a file with `load:` and `config: FILE`.
    pub(crate) scenario: PathBuf,
    /// Names the chance: the same seed gives the same figures.
    #[arg(long)]
    pub(crate) seed: Option<u64>,
    /// Days that are measured; default is the file's, or 5.
    #[arg(long)]
    pub(crate) days: Option<u32>,
    /// Days before them that are not, so that the centre is as full as usual; default is the file's, or 1.
    #[arg(long)]
    pub(crate) warm_up: Option<u32>,
    /// How often, each with other chance, for the confidence intervals; default is the file's, or 5.
    #[arg(long)]
    pub(crate) replications: Option<u32>,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
    /// Write a picture of the day: waits, queue length and occupancy.
    #[arg(long, value_name = "FILE.svg")]
    pub(crate) picture: Option<PathBuf>,
    /// Another configuration, on the same arrivals.
    #[arg(long, value_name = "OTHER.yaml")]
    pub(crate) compare: Option<PathBuf>,
}

/// What conversations are judged with.
#[derive(Args, Clone, Default)]
pub(crate) struct Judging {
    /// Topics learned by `baton train topics`.
    #[arg(long)]
    pub(crate) topics: Option<PathBuf>,
    /// When to hand off, learned by `baton train timing`.
    #[arg(long)]
    pub(crate) timing: Option<PathBuf>,
    /// Requests for a person, learned by `baton train explicit`.
    #[arg(long)]
    pub(crate) explicit: Option<PathBuf>,
    /// Frustration, learned by `baton train frustration`.
    #[arg(long)]
    pub(crate) frustration: Option<PathBuf>,
    /// A folder with the sentence embedding that a model was learned with.
    #[arg(long)]
    pub(crate) embedding: Option<PathBuf>,
}

#[derive(Args)]
pub(crate) struct Assess {
    /// A configuration, or only its topics, rules and policy; without one the defaults.
    #[arg(long)]
    pub(crate) policy: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) judging: Judging,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Lesson {
    /// What a message is about: `{"text", "label"}`, the label `null` or `none` for none of the topics.
    Topics,
    /// When a person should have it: conversations whose turns carry `"label": 0|1`.
    Timing,
    /// Whether a message asks for a person: `{"text", "label": 0|1}`.
    Explicit,
    /// Whether a message is frustrated: `{"text", "label": 0|1}`.
    Frustration,
}

#[derive(Args)]
pub(crate) struct Train {
    #[arg(value_enum)]
    pub(crate) lesson: Lesson,
    /// JSON lines to learn from.
    #[arg(long)]
    pub(crate) data: PathBuf,
    /// The model to write.
    #[arg(long)]
    pub(crate) out: PathBuf,
    /// A folder with a sentence embedding, `model.onnx` and its vocabulary, to learn topics or frustration with.
    #[arg(long)]
    pub(crate) embedding: Option<PathBuf>,
    /// Another seed gives another order of learning.
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Do not measure by cross-validation first.
    #[arg(long)]
    pub(crate) no_check: bool,
}

#[derive(Args)]
pub(crate) struct Backtest {
    /// Conversations with `"label": 0|1` on their turns; without a file, those in the database.
    pub(crate) transcripts: Option<PathBuf>,
    /// A configuration, or only its topics, rules and policy. Give it twice to compare two.
    #[arg(long)]
    pub(crate) policy: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) judging: Judging,
    /// The deployment's own conversations, with what came of them as the label.
    #[arg(long, conflicts_with = "transcripts")]
    pub(crate) database: Option<String>,
    /// How many needless handoffs one missed handoff is worth.
    #[arg(long, default_value_t = 5.0)]
    pub(crate) missed_cost: f64,
    /// Where the picture of the threshold sweep is written.
    #[arg(long)]
    pub(crate) picture: Option<PathBuf>,
    /// How many conversations to print that two policies, or the policy and the labels, judge differently.
    #[arg(long, default_value_t = 5)]
    pub(crate) read: usize,
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
}

#[derive(Args)]
pub(crate) struct Staffing {
    /// A scenario whose load is planned for.
    #[arg(conflicts_with_all = ["per_hour", "database"])]
    pub(crate) scenario: Option<PathBuf>,
    /// Arrivals an hour.
    #[arg(long, conflicts_with = "database")]
    pub(crate) per_hour: Option<f64>,
    /// How long an agent is busy with one, wrap-up included, in seconds.
    #[arg(long, requires = "per_hour")]
    pub(crate) handle_s: Option<f64>,
    /// How long customers wait on average before they leave; without it they wait for ever.
    #[arg(long, requires = "per_hour")]
    pub(crate) patience_s: Option<f64>,
    /// Plan for what this database has of the past: a file for SQLite, or `postgres://user@host/name`.
    #[arg(long)]
    pub(crate) database: Option<String>,
    /// The first day of the past, like 2026-11-23; default is yesterday.
    #[arg(long, requires = "database")]
    pub(crate) from: Option<String>,
    /// The last day of the past; default is yesterday.
    #[arg(long, requires = "database")]
    pub(crate) to: Option<String>,
    /// Only this queue.
    #[arg(long)]
    pub(crate) queue: Option<String>,
    /// A day of the week, mo to su: a scenario's default is Monday, the past's is the mean of all days with arrivals.
    #[arg(long)]
    pub(crate) day: Option<String>,
    /// How long an interval is, in minutes.
    #[arg(long, default_value_t = 30)]
    pub(crate) interval_min: u32,
    /// At least this share answered within the threshold, like 0.8; the default when no target is named.
    #[arg(long)]
    pub(crate) service_level: Option<f64>,
    /// The threshold in seconds; default is the queue's, or 20.
    #[arg(long)]
    pub(crate) within_s: Option<f64>,
    /// Mean wait of those who are answered at most this many seconds.
    #[arg(long)]
    pub(crate) mean_wait_s: Option<f64>,
    /// At most this share abandons, like 0.05.
    #[arg(long)]
    pub(crate) abandonment: Option<f64>,
    /// Agents busy at most this share of their time, like 0.85.
    #[arg(long)]
    pub(crate) occupancy: Option<f64>,
    /// Days simulated for the check; default is 50.
    #[arg(long)]
    pub(crate) days: Option<u32>,
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Args)]
pub(crate) struct Backcast {
    /// The changed configuration.
    pub(crate) file: PathBuf,
    #[command(flatten)]
    pub(crate) database: Database,
    /// The first day, like 2026-11-23; default is yesterday.
    #[arg(long)]
    pub(crate) from: Option<String>,
    /// The last day; default is yesterday.
    #[arg(long)]
    pub(crate) to: Option<String>,
    /// How often, each with other chance for what the past does not say.
    #[arg(long, default_value_t = 20)]
    pub(crate) replications: u32,
    #[arg(long, default_value_t = 1)]
    pub(crate) seed: u64,
    /// Print JSON.
    #[arg(long)]
    pub(crate) json: bool,
}
