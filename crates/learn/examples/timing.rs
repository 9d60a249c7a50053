use baton_detect::timing::{Heard, Speaker};
use baton_learn::timing::{Lesson, cross_validate, told};
fn main() {
    for path in std::env::args().skip(1) {
        let lessons: Vec<Lesson> = std::fs::read_to_string(&path)
            .unwrap()
            .lines()
            .map(|line| {
                let v: serde_json::Value = serde_json::from_str(line).unwrap();
                let turns = v["turns"].as_array().unwrap();
                Lesson {
                    talk: turns
                        .iter()
                        .map(|t| {
                            let text = t["tokens"]
                                .as_array()
                                .unwrap()
                                .iter()
                                .map(|x| x.to_string())
                                .collect::<Vec<_>>()
                                .join(" ");
                            Heard::new(if t["role"] == 0 { Speaker::Customer } else { Speaker::Bot }, &text)
                        })
                        .collect(),
                    truth: turns.iter().map(|t| t["label"] == 1).collect(),
                }
            })
            .collect();
        for seed in [1_u64, 2] {
            let (likelihoods, said) = cross_validate(&lessons, 5, seed, &mut |_| ());
            let refs: Vec<&Lesson> = lessons.iter().collect();
            println!("{path} seed {seed} honest {:?}", told(&refs, &said));
            for (first, again) in
                [(0.2, 0.3), (0.25, 0.35), (0.25, 0.4), (0.3, 0.3), (0.3, 0.4), (0.25, 0.5), (0.3, 0.5), (0.2, 0.5)]
            {
                let cut = baton_detect::timing::Thresholds { first, again };
                let said: Vec<Vec<bool>> = likelihoods.iter().map(|row| cut.decide(row)).collect();
                println!("   {first} {again} {:?}", told(&refs, &said));
            }
            let pairs: Vec<(bool, f32)> = lessons
                .iter()
                .zip(&likelihoods)
                .flat_map(|(l, p)| l.truth.iter().copied().zip(p.iter().copied()))
                .collect();
            println!("   auc {:.4}", baton_learn::measure::auc(&pairs));
        }
    }
}
