//! The binary: reads what it is asked, wires the crates together, and says clearly what went wrong.

mod apply;
mod arguments;
mod assess;
mod assets;
mod backcast;
mod backtest;
mod busy;
mod database;
mod demo;
mod demo_page;
mod doctor;
mod explain;
mod history;
mod keys;
mod manual;
mod past;
mod plan_text;
mod remote;
mod serve;
mod simulate;
mod staffing;
mod train;
mod versions;

use clap::Parser;
use mimalloc::MiMalloc;

use crate::arguments::{Arguments, Command};

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> std::process::ExitCode {
    let arguments = Arguments::parse();
    match run(arguments) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("baton: {error:#}");
            std::process::ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<()> {
    match arguments.command {
        Command::Serve(serve) => asynchronous(serve::run(serve)),
        Command::Demo(demo) => asynchronous(demo::run(demo)),
        Command::Plan(plan) => asynchronous(apply::plan(plan)),
        Command::Apply(apply) => asynchronous(apply::apply(apply)),
        Command::Rollback(roll_back) => asynchronous(apply::roll_back(roll_back)),
        Command::Explain(explain) => asynchronous(explain::run(explain)),
        Command::Export(export) => asynchronous(apply::export(export)),
        Command::Config(command) => asynchronous(apply::config(command)),
        Command::Passwd(passwd) => keys::passwd(&passwd),
        Command::BotKey(bot_key) => keys::bot_key(&bot_key),
        Command::Doctor(doctor) => doctor::run(&doctor),
        Command::Simulate(simulate) => simulate::run(&simulate),
        Command::Assess(assess) => assess::run(&assess),
        Command::Train(train) => train::run(&train),
        Command::Backtest(backtest) => backtest::run(&backtest),
        Command::Staffing(staffing) => asynchronous(staffing::run(staffing)),
        Command::Backcast(backcast) => asynchronous(backcast::run(backcast)),
        Command::Openapi => {
            println!("{}", baton_api::openapi().to_pretty_json()?);
            Ok(())
        }
        Command::Schema => {
            println!("{}", serde_json::to_string_pretty(&baton_engine::config::schema())?);
            Ok(())
        }
    }
}

fn asynchronous(work: impl Future<Output = anyhow::Result<()>>) -> anyhow::Result<()> {
    // One crypto provider for every TLS connection; a second one is refused, and that is fine.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(work)
}
