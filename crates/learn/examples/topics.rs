use baton_learn::topics::{Example, NONE, train};
fn main() {
    let args: Vec<String> = std::env::args().collect();
    let shots: usize = args[2].parse().unwrap();
    let mut labels: Vec<String> = Vec::new();
    let mut all: Vec<Example> = Vec::new();
    for line in std::fs::read_to_string(&args[1]).unwrap().lines() {
        let v: serde_json::Value = serde_json::from_str(line).unwrap();
        let label = v["label"].as_str().unwrap().to_owned();
        let topic = (!NONE.contains(&label.as_str())).then(|| {
            labels.iter().position(|l| *l == label).unwrap_or_else(|| {
                labels.push(label.clone());
                labels.len() - 1
            })
        });
        all.push(Example { text: v["text"].as_str().unwrap().to_owned(), topic });
    }
    let fold = baton_learn::chance::folds(all.len(), 5, 9);
    let test: Vec<&Example> = (0..all.len()).filter(|at| fold[*at] == 0).map(|at| &all[at]).collect();
    let mut counts = vec![0; labels.len() + 1];
    let mut order: Vec<usize> = (0..all.len()).filter(|at| fold[*at] != 0).collect();
    baton_learn::chance::Chance::new(5).shuffle(&mut order);
    let taught: Vec<Example> = order
        .into_iter()
        .map(|at| all[at].clone())
        .filter(|e| {
            let place = e.topic.unwrap_or(labels.len());
            counts[place] += 1;
            counts[place] <= shots
        })
        .collect();
    let (model, measured) = train("t", &labels, &taught, 1, &mut |_| ()).unwrap();
    let bytes = model.write();
    println!("taught {} labels {} bytes {} measured {measured:?}", taught.len(), labels.len(), bytes.len());
    let (mut right, mut within, mut none_of) = (0, 0, 0);
    let mut pairs = Vec::new();
    let mut calibration = vec![(0, 0, 0.0_f32); 10];
    for e in &test {
        let r = model.read(&e.text);
        let c = r.as_ref().map_or(0.0, |r| r.confidence);
        pairs.push((e.topic.is_some(), c));
        let good = r.as_ref().is_some_and(|r| e.topic.is_some_and(|t| labels[t] == *r.label));
        if e.topic.is_some() {
            within += 1;
            right += usize::from(good);
            none_of += usize::from(good && !r.as_ref().unwrap().meant);
        }
        let b = ((c * 10.0) as usize).min(9);
        calibration[b].0 += 1;
        calibration[b].1 += usize::from(good);
        calibration[b].2 += c;
    }
    println!(
        "accuracy {:.4} of {within}, lost {none_of}, oos auc {:.4}",
        right as f64 / within as f64,
        baton_learn::measure::auc(&pairs)
    );
    for (n, g, c) in calibration {
        if n > 0 {
            print!("[{n}: {:.2} is {:.2}] ", c / n as f32, g as f32 / n as f32);
        }
    }
    println!();
}
