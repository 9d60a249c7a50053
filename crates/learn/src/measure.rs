//! How good it is: the measures that training, backtests and the manual quote.

/// Macro-F1 of yes and no: the mean of the F1 of both.
pub fn macro_f1(pairs: impl IntoIterator<Item = (bool, bool)>) -> f64 {
    let mut counts = [[0_u32; 2]; 2];
    for (truth, said) in pairs {
        counts[usize::from(truth)][usize::from(said)] += 1;
    }
    let f1 = |class: usize| {
        let hit = f64::from(counts[class][class]);
        let wrong = f64::from(counts[1 - class][class] + counts[class][1 - class]);
        if hit == 0.0 { 0.0 } else { 2.0 * hit / (2.0 * hit + wrong) }
    };
    f1(0).midpoint(f1(1))
}

/// Golden transfer within tolerance of one conversation, after Liu et al., "Time to Transfer: Predicting and
/// Evaluating Machine-Human Chatting Handoff" (AAAI 2021): GT-I, GT-II and GT-III have a tolerance of 1, 2 and 3 turns.
///
/// Every turn at which a handoff is said is worth what its distance to the nearest right turn leaves of it,
/// `exp(-distance² / (2 · tolerance²))`, and the conversation is worth their mean. With no right turn, silence is
/// worth 1 and everything else 0; with a right turn, silence is worth 0. Early and late count alike (the paper's λ = 0).
pub fn golden_transfer(truth: &[bool], said: &[bool], tolerance: u8) -> f64 {
    let places = |row: &[bool]| -> Vec<usize> { (0..row.len()).filter(|at| row[*at]).collect() };
    let (right, told) = (places(truth), places(said));
    if right.is_empty() || told.is_empty() {
        return if right.is_empty() && told.is_empty() { 1.0 } else { 0.0 };
    }
    let spread = 2.0 * f64::from(tolerance).powi(2);
    #[allow(clippy::cast_precision_loss)] // Turns of one conversation.
    let worth = |at: &usize| {
        let nearest = right.iter().map(|right| right.abs_diff(*at)).min().unwrap_or(usize::MAX) as f64;
        (-nearest * nearest / spread).exp()
    };
    told.iter().map(worth).sum::<f64>() / len(told.len())
}

/// The area under the ROC curve: how often a yes stands above a no.
pub fn auc(pairs: &[(bool, f32)]) -> f64 {
    let mut sorted = pairs.to_vec();
    sorted.sort_by(|one, other| one.1.total_cmp(&other.1));
    let (mut below, mut area, mut yes) = (0.0, 0.0, 0.0);
    let mut at = 0;
    while at < sorted.len() {
        // Equals share their rank.
        let end = at + sorted[at..].iter().take_while(|pair| pair.1.total_cmp(&sorted[at].1).is_eq()).count();
        let positive = len(sorted[at..end].iter().filter(|pair| pair.0).count());
        let negative = len(end - at) - positive;
        area += positive * (below + negative / 2.0);
        below += negative;
        yes += positive;
        at = end;
    }
    if yes == 0.0 || below == 0.0 { f64::NAN } else { area / (yes * below) }
}

/// A count as a number among weights.
#[allow(clippy::cast_precision_loss)] // Nothing here has 2^23 rows that must be told apart.
pub(crate) fn small(count: usize) -> f32 {
    count as f32
}

/// A count as a number to divide by.
#[allow(clippy::cast_precision_loss)] // Nothing here has 2^52 rows.
pub(crate) fn len(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handoff_at_the_right_turn_is_worth_everything_and_a_late_one_less() {
        let right = [false, false, true, false, false];
        let at = |place: usize| std::array::from_fn::<bool, 5, _>(|index| index == place);
        assert!((golden_transfer(&right, &at(2), 1) - 1.0).abs() < 1e-12);
        assert!((golden_transfer(&right, &at(3), 1) - (-0.5_f64).exp()).abs() < 1e-12);
        assert!(golden_transfer(&right, &at(4), 1) < golden_transfer(&right, &at(4), 3));
        assert!((golden_transfer(&right, &[false; 5], 3) - 0.0).abs() < 1e-12);
        assert!((golden_transfer(&[false; 5], &[false; 5], 1) - 1.0).abs() < 1e-12);
        assert!((golden_transfer(&[false; 5], &at(0), 3) - 0.0).abs() < 1e-12);
    }

    #[test]
    fn equal_scores_are_worth_half() {
        assert!((auc(&[(true, 1.0), (false, 0.0), (false, 1.0)]) - 0.75).abs() < 1e-12);
        assert!((macro_f1([(true, true), (false, false)]) - 1.0).abs() < 1e-12);
    }
}
