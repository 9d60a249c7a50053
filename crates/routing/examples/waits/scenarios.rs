//! The five scenarios of the yardstick, and others that nothing was fitted to.

use crate::floor::{Handle, Scenario, Skill, Team};

pub(crate) fn all() -> Vec<Scenario> {
    vec![
        m(),
        single("mm10", "M/M/10, load .95, nobody gives up", 0.95, 10, 0.0, None, Handle::Exponential { mean: 5.0 }),
        single("mm10m", "M/M/10+M, load 1.3, patience 10", 1.3, 10, 0.0, Some(10.0), Handle::Exponential { mean: 5.0 }),
        single("season5", "5 agents, arrivals ±40 %", 1.0, 5, 0.4, Some(10.0), Handle::Exponential { mean: 5.0 }),
        single("lognormal10", "10 agents, lognormal, load 1.2, ±30 %", 1.2, 10, 0.3, Some(10.0), LOGNORMAL),
        single("light", "light load: 12 agents at .7", 0.7, 12, 0.1, Some(10.0), LOGNORMAL),
        single("overload", "overload: 8 agents at 2.0", 2.0, 8, 0.1, Some(15.0), LOGNORMAL),
        single("single", "one skill, 20 agents at 1.05, very uneven handle times", 1.05, 20, 0.2, Some(20.0), UNEVEN),
        single("few", "3 agents at 1.1, lognormal with cv 2", 1.1, 3, 0.3, Some(8.0), VERY_UNEVEN),
        eight(),
        shifts(),
        apart(),
        unequal(),
        impatient(),
        skewed(),
        lunch(),
        single("tide", "24 agents, arrivals ±80 % over a day", 0.8, 24, 0.8, Some(10.0), LOGNORMAL),
        single("regular", "30 agents at 1.02, handle times that hardly differ", 1.02, 30, 0.1, Some(25.0), REGULAR),
    ]
}

const LOGNORMAL: Handle = Handle::Lognormal { mean: 5.0, squared_variation: 1.0 };
const UNEVEN: Handle = Handle::Lognormal { mean: 6.0, squared_variation: 2.0 };
/// A coefficient of variation of 2.
const VERY_UNEVEN: Handle = Handle::Lognormal { mean: 4.0, squared_variation: 4.0 };

/// A coefficient of variation of 0.3.
const REGULAR: Handle = Handle::Lognormal { mean: 9.0, squared_variation: 0.09 };

fn always(number: usize, skills: &[usize]) -> Team {
    Team { skills: skills.to_vec(), shifts: vec![(0.0, number)] }
}

fn lognormal(rate: f64, mean: f64, squared_variation: f64) -> Skill {
    Skill { rate, handle: Handle::Lognormal { mean, squared_variation } }
}

fn m() -> Scenario {
    Scenario {
        name: "M",
        says: "three skills, 15 agents, lognormal, ±25 %",
        skills: vec![lognormal(1.1, 1.0 / 0.2, 1.0), lognormal(1.2, 1.0 / 0.22, 1.0), lognormal(0.75, 1.0 / 0.18, 1.0)],
        teams: vec![
            always(3, &[0]),
            always(3, &[1]),
            always(2, &[2]),
            always(3, &[0, 1]),
            always(2, &[1, 2]),
            always(2, &[0, 1, 2]),
        ],
        swing: 0.25,
        period: 480.0,
        patience: Some(12.5),
    }
}

fn single(
    name: &'static str,
    says: &'static str,
    load: f64,
    agents: usize,
    swing: f64,
    patience: Option<f64>,
    handle: Handle,
) -> Scenario {
    let mean = match handle {
        Handle::Exponential { mean } | Handle::Lognormal { mean, .. } => mean,
    };
    #[expect(clippy::cast_precision_loss, reason = "a few agents")]
    let rate = load * agents as f64 / mean;
    Scenario {
        name,
        says,
        skills: vec![Skill { rate, handle }],
        teams: vec![always(agents, &[0])],
        swing,
        period: 480.0,
        patience,
    }
}

fn eight() -> Scenario {
    let teams = (0..8).flat_map(|skill| [always(3, &[skill]), always(2, &[skill, (skill + 1) % 8])]);
    let rates = [0.9, 1.1, 0.8, 1.0, 1.2, 0.7, 1.0, 0.95];
    let means = [5.0, 4.5, 6.0, 5.0, 4.0, 7.0, 5.5, 5.0];
    Scenario {
        name: "eight",
        says: "eight skills in a ring, 40 agents, a day of 24 hours",
        skills: rates.iter().zip(means).map(|(rate, mean)| lognormal(*rate, mean, 1.0)).collect(),
        teams: teams.chain([always(3, &[0, 2, 4, 6])]).collect(),
        swing: 0.2,
        period: 1440.0,
        patience: Some(15.0),
    }
}

fn shifts() -> Scenario {
    let day = |skills: &[usize], night: usize, noon: usize| Team {
        skills: skills.to_vec(),
        shifts: vec![(0.0, night), (240.0, noon), (720.0, noon / 2 + 1), (1080.0, night)],
    };
    Scenario {
        name: "shifts",
        says: "two skills, staff from 4 to 16 over the day, arrivals ±50 %",
        skills: vec![lognormal(1.0, 5.0, 1.0), lognormal(0.6, 7.0, 1.0)],
        teams: vec![day(&[0], 2, 5), day(&[1], 1, 4), day(&[0, 1], 1, 7)],
        swing: 0.5,
        period: 1440.0,
        patience: Some(12.0),
    }
}

fn apart() -> Scenario {
    Scenario {
        name: "apart",
        says: "two queues that share nobody, one of them overloaded",
        skills: vec![lognormal(1.3, 5.0, 1.0), Skill { rate: 0.9, handle: Handle::Exponential { mean: 8.0 } }],
        teams: vec![always(6, &[0]), always(6, &[1])],
        swing: 0.3,
        period: 480.0,
        patience: Some(10.0),
    }
}

fn unequal() -> Scenario {
    Scenario {
        name: "unequal",
        says: "four skills of unlike handle times (2 to 12 minutes), cv 2, half of the agents have two",
        skills: vec![
            lognormal(2.2, 2.0, 4.0),
            lognormal(0.8, 5.0, 4.0),
            lognormal(0.4, 12.0, 4.0),
            Skill { rate: 0.5, handle: Handle::Exponential { mean: 6.0 } },
        ],
        teams: vec![
            always(3, &[0]),
            always(2, &[1]),
            always(3, &[2]),
            always(2, &[3]),
            always(2, &[0, 1]),
            always(2, &[1, 2]),
            always(2, &[2, 3]),
        ],
        swing: 0.3,
        period: 480.0,
        patience: Some(10.0),
    }
}

fn impatient() -> Scenario {
    Scenario {
        name: "impatient",
        says: "two skills at about 1.6, patience of two minutes, half of the agents have both",
        skills: vec![lognormal(2.4, 4.0, 0.5), lognormal(1.2, 7.0, 1.5)],
        teams: vec![always(3, &[0]), always(3, &[1]), always(6, &[0, 1])],
        swing: 0.2,
        period: 480.0,
        patience: Some(2.0),
    }
}

fn skewed() -> Scenario {
    Scenario {
        name: "skewed",
        says: "four skills, the rarest with a fiftieth of the customers, few know it",
        skills: vec![
            lognormal(3.0, 4.0, 1.0),
            lognormal(0.8, 6.0, 1.0),
            lognormal(0.2, 10.0, 2.0),
            lognormal(0.06, 15.0, 1.0),
        ],
        teams: vec![always(8, &[0]), always(4, &[0, 1]), always(2, &[0, 1, 2]), always(2, &[2, 3])],
        swing: 0.3,
        period: 720.0,
        patience: Some(12.0),
    }
}

fn lunch() -> Scenario {
    let day = |skills: &[usize], all: usize, during: usize| Team {
        skills: skills.to_vec(),
        shifts: vec![(0.0, all), (240.0, during), (300.0, all)],
    };
    Scenario {
        name: "lunch",
        says: "two skills, half of the agents are away for one hour of eight",
        skills: vec![lognormal(1.1, 5.0, 1.0), lognormal(0.7, 6.0, 1.0)],
        teams: vec![day(&[0], 4, 2), day(&[1], 3, 1), day(&[0, 1], 4, 2)],
        swing: 0.2,
        period: 480.0,
        patience: Some(15.0),
    }
}
