//! Linear regression that is learned one observation after the other, forgets slowly, and stays sane when its inputs
//! say the same thing twice.
//!
//! The normal equations are kept with weights that fade, and solved again every few observations with a ridge of some
//! pseudo-observations of each input: that bounds the answer where a recursive inverse would wind up without excitation.

/// Inputs of the regression.
pub(crate) const INPUTS: usize = 16;
/// Entries of the lower triangle.
const ENTRIES: usize = INPUTS * (INPUTS + 1) / 2;
/// How fast the past fades: about so many observations count.
const MEMORY: f64 = 8_000.0;
/// The ridge: so many observations of each input in which it made no difference.
const PRIOR: f64 = 20.0;
/// Solved again after so many observations, and after each of the first ones.
const SOLVE_EVERY: u32 = 16;

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Ridge {
    /// Σ weight · input · inputᵀ, the lower triangle by rows.
    pub(crate) products: [f64; ENTRIES],
    /// Σ weight · input · target.
    pub(crate) targets: [f64; INPUTS],
    /// Σ weight.
    pub(crate) weight: f64,
    pub(crate) coefficients: [f64; INPUTS],
    pub(crate) unsolved: u32,
}

impl Ridge {
    pub(crate) fn new() -> Self {
        Self { products: [0.0; ENTRIES], targets: [0.0; INPUTS], weight: 0.0, coefficients: [0.0; INPUTS], unsolved: 0 }
    }

    pub(crate) fn predict(&self, inputs: &[f64; INPUTS]) -> f64 {
        self.coefficients.iter().zip(inputs).map(|(coefficient, input)| coefficient * input).sum()
    }

    pub(crate) fn learn(&mut self, inputs: &[f64; INPUTS], target: f64) {
        let keep = 1.0 - 1.0 / MEMORY;
        let mut entries = self.products.iter_mut();
        for (row, left) in inputs.iter().enumerate() {
            for (right, entry) in inputs.iter().take(row + 1).zip(&mut entries) {
                *entry = *entry * keep + left * right;
            }
        }
        for (sum, input) in self.targets.iter_mut().zip(inputs) {
            *sum = *sum * keep + input * target;
        }
        self.weight = self.weight * keep + 1.0;
        self.unsolved += 1;
        if self.unsolved >= SOLVE_EVERY || self.weight < 64.0 {
            self.solve();
        }
    }

    /// By Cholesky's decomposition, every input scaled to its own size.
    fn solve(&mut self) {
        self.unsolved = 0;
        let mut scale = [0.0; INPUTS];
        for (number, scale) in scale.iter_mut().enumerate() {
            let own = self.products[entry(number, number)];
            // An input that was never anything else than nothing keeps out of it.
            *scale = if own > 0.0 { own.sqrt().recip() } else { 0.0 };
        }
        let ridge = PRIOR / self.weight.max(1.0);
        let mut lower = [0.0; ENTRIES];
        for row in 0..INPUTS {
            for column in 0..=row {
                let mut sum = self.products[entry(row, column)] * scale[row] * scale[column];
                if row == column {
                    sum += if scale[row] > 0.0 { ridge } else { 1.0 };
                }
                for before in 0..column {
                    sum -= lower[entry(row, before)] * lower[entry(column, before)];
                }
                lower[entry(row, column)] =
                    if row == column { sum.max(1e-12).sqrt() } else { sum / lower[entry(column, column)] };
            }
        }
        let mut solved = [0.0; INPUTS];
        for row in 0..INPUTS {
            let mut sum = self.targets[row] * scale[row];
            for before in 0..row {
                sum -= lower[entry(row, before)] * solved[before];
            }
            solved[row] = sum / lower[entry(row, row)];
        }
        for row in (0..INPUTS).rev() {
            let mut sum = solved[row];
            for after in row + 1..INPUTS {
                sum -= lower[entry(after, row)] * solved[after];
            }
            solved[row] = sum / lower[entry(row, row)];
        }
        for ((coefficient, solved), scale) in self.coefficients.iter_mut().zip(solved).zip(scale) {
            *coefficient = solved * scale;
        }
    }
}

const fn entry(row: usize, column: usize) -> usize {
    row * (row + 1) / 2 + column
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inputs(number: u32) -> [f64; INPUTS] {
        let mut inputs = [0.0; INPUTS];
        let number = f64::from(number);
        (inputs[0], inputs[1], inputs[2]) = (1.0, (number * 0.7).sin() * 50.0, (number * 1.3).cos());
        inputs
    }

    #[test]
    fn it_finds_what_made_the_difference() {
        let mut ridge = Ridge::new();
        for number in 0..4_000 {
            let inputs = inputs(number);
            ridge.learn(&inputs, 7.0 + 2.0 * inputs[1] - 3.0 * inputs[2]);
        }
        for (found, is) in ridge.coefficients.iter().zip([7.0, 2.0, -3.0]) {
            assert!((found - is).abs() < 0.1, "{found} is not {is}");
        }
        assert!(ridge.coefficients[3].abs() < 1e-12, "an input that was always nothing makes no difference");
    }

    #[test]
    fn inputs_that_say_the_same_share_the_difference_and_never_run_away() {
        let mut ridge = Ridge::new();
        for number in 0..100_000 {
            let mut inputs = inputs(number % 11);
            inputs[5] = inputs[1];
            inputs[6] = inputs[1] * 1e-6;
            ridge.learn(&inputs, inputs[1]);
        }
        let inputs = {
            let mut inputs = inputs(3);
            (inputs[5], inputs[6]) = (inputs[1], inputs[1] * 1e-6);
            inputs
        };
        assert!((ridge.predict(&inputs) - inputs[1]).abs() < 0.05 * inputs[1].abs());
        assert!((ridge.coefficients[1] - ridge.coefficients[5]).abs() < 0.01);
    }
}
