//! The estimated wait over whole contact centres: the example's scenarios, shorter, with a fixed seed and bounds that
//! leave room for it. The full table is the example's: `cargo run --release -p baton-routing --example waits`.
#![allow(clippy::unwrap_used, dead_code, reason = "a test may panic; the example prints more than a test asks for")]

#[path = "../examples/waits/chance.rs"]
mod chance;
#[path = "../examples/waits/floor.rs"]
mod floor;
#[path = "../examples/waits/scenarios.rs"]
mod scenarios;
#[path = "../examples/waits/score.rs"]
mod score;
#[path = "../examples/waits/watch.rs"]
mod watch;

use floor::Scenario;
use score::Score;
use watch::Watch;

const LEARN_MINUTES: f64 = 4_000.0;
const SCORE_MINUTES: f64 = 6_000.0;

fn scenario(name: &str) -> Scenario {
    scenarios::all().into_iter().find(|scenario| scenario.name == name).unwrap()
}

fn watched(scenario: &Scenario) -> Watch<'_> {
    let mut watch = Watch::new(scenario, LEARN_MINUTES);
    floor::run(scenario, LEARN_MINUTES + SCORE_MINUTES, 1, &mut watch);
    watch
}

/// The error of the best classical predictor, who knows the true rates.
fn best_of(watch: &Watch<'_>) -> f64 {
    watch.classical.iter().map(Score::rrase).fold(f64::INFINITY, f64::min)
}

fn holds_eight_of_ten(name: &str, score: &Score, within: f64) {
    assert!((score.coverage() - 0.8).abs() <= within, "{}", score.row(name));
}

#[test]
fn where_skills_share_agents_theory_is_better_than_each_classical_predictor_and_learning_better_still() {
    let scenario = scenario("M");
    let watch = watched(&scenario);
    let best = best_of(&watch);
    let (cold, learned) = (&watch.cold_score, &watch.learned_score);
    assert!(cold.rrase() < 0.9 * best, "{best} {}", cold.row("cold"));
    assert!(learned.rrase() < 0.47, "{}", learned.row("learned"));
    assert!(learned.winkler() < 3.7 && learned.winkler() < cold.winkler(), "{}", learned.row("learned"));
    holds_eight_of_ten("learned", learned, 0.02);
    holds_eight_of_ten("told again", &watch.refreshed, 0.04);
    for (skill, score) in watch.by_skill.iter().enumerate() {
        holds_eight_of_ten(&format!("skill {skill}"), score, 0.05);
    }
    for (band, score) in watch.by_all.iter().filter(|(_, score)| score.number() > 300.0) {
        holds_eight_of_ten(&format!("band {band}"), score, 0.08);
    }
}

#[test]
fn from_the_start_it_is_as_good_as_the_exact_predictor_where_that_is_exact() {
    for name in ["mm10", "mm10m", "season5", "lognormal10"] {
        let scenario = scenario(name);
        let watch = watched(&scenario);
        let best = best_of(&watch);
        // A few days know the handle times to some per cent only.
        assert!(watch.learned_score.rrase() < 1.06 * best, "{best} {}", watch.learned_score.row(name));
        holds_eight_of_ten(name, &watch.learned_score, 0.03);
    }
}

#[test]
fn the_interval_holds_where_nothing_is_as_theory_has_it() {
    for name in ["few", "shifts", "apart", "unequal"] {
        let scenario = scenario(name);
        let watch = watched(&scenario);
        let best = best_of(&watch);
        assert!(watch.learned_score.rrase() < 1.02 * best, "{best} {}", watch.learned_score.row(name));
        holds_eight_of_ten(name, &watch.learned_score, 0.03);
    }
}

#[test]
fn the_same_seed_gives_the_same_figures() {
    let scenario = scenario("season5");
    assert_eq!(watched(&scenario).learned_score, watched(&scenario).learned_score);
}
