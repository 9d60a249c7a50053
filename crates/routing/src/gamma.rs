//! The gamma distribution with scale 1: its distribution function and quantiles.

/// Terms and steps after which a series or a search is as exact as it gets.
const STEPS_MAX: u32 = 10_000;
const EXACT: f64 = 1e-12;

/// The value that a gamma variable of this shape is below with probability `chance`.
///
/// From the normal approximation of the cube root (Wilson & Hilferty 1931) by Newton's steps, kept between bounds that
/// shrink: a few evaluations where bisection needs fifty.
pub(crate) fn quantile(shape: f64, chance: f64) -> f64 {
    if chance <= 0.0 {
        return 0.0;
    }
    let (mut low, mut high) = (0.0, f64::INFINITY);
    let mut at = first_guess(shape, chance);
    let ln_gamma = ln_gamma(shape);
    for _ in 0..200 {
        let error = probability_with(shape, at, ln_gamma) - chance;
        if error < 0.0 {
            low = at;
        } else {
            high = at;
        }
        let density = ((shape - 1.0) * at.ln() - at - ln_gamma).exp();
        let newton = at - error / density;
        let next = if newton > low && newton < high {
            newton
        } else if high.is_finite() {
            f64::midpoint(low, high)
        } else {
            2.0 * at.max(f64::MIN_POSITIVE)
        };
        let closed = high.is_finite() && high - low <= high * EXACT;
        if closed || (next - at).abs() <= at * EXACT {
            return next;
        }
        at = next;
    }
    at
}

fn first_guess(shape: f64, chance: f64) -> f64 {
    // The normal quantile, off by less than 0.003 (Hastings 1955).
    let tail = chance.min(1.0 - chance).max(1e-300);
    let root = (-2.0 * tail.ln()).sqrt();
    let above = root - (2.307_53 + 0.270_61 * root) / (1.0 + root * (0.992_29 + 0.044_81 * root));
    let normal = if chance < 0.5 { -above } else { above };
    let relative = 1.0 / (9.0 * shape);
    let cube = 1.0 - relative + normal * relative.sqrt();
    if cube > 0.1 {
        return shape * cube.powi(3);
    }
    // Near zero the distribution function is `xᵃ / Γ(a + 1)`.
    ((chance.ln() + ln_gamma(shape + 1.0)) / shape).exp().max(f64::MIN_POSITIVE)
}

/// The probability that a gamma variable of this shape is below `value`: the regularised incomplete gamma function.
#[cfg(test)]
pub(crate) fn probability_below(shape: f64, value: f64) -> f64 {
    probability_with(shape, value, ln_gamma(shape))
}

fn probability_with(shape: f64, value: f64, ln_gamma: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let front = (shape * value.ln() - value - ln_gamma).exp();
    if value < shape + 1.0 { front * series(shape, value) } else { 1.0 - front * fraction(shape, value) }
}

/// `Σ valueⁱ / (shape · (shape + 1) … (shape + i))`, which converges fast below the mean.
fn series(shape: f64, value: f64) -> f64 {
    let mut term = 1.0 / shape;
    let mut sum = term;
    for step in 1..STEPS_MAX {
        term *= value / (shape + f64::from(step));
        sum += term;
        if term < sum * EXACT {
            break;
        }
    }
    sum
}

/// The continued fraction of the upper tail by Lentz's method, which converges fast above the mean.
fn fraction(shape: f64, value: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut base = value + 1.0 - shape;
    let mut numerator = 1.0 / TINY;
    let mut denominator = 1.0 / base;
    let mut result = denominator;
    for step in 1..STEPS_MAX {
        let step = f64::from(step);
        let factor = step * (shape - step);
        base += 2.0;
        let below = factor * denominator + base;
        denominator = 1.0 / if below.abs() < TINY { TINY } else { below };
        let above = base + factor / numerator;
        numerator = if above.abs() < TINY { TINY } else { above };
        let change = denominator * numerator;
        result *= change;
        if (change - 1.0).abs() < EXACT {
            break;
        }
    }
    result
}

/// Stirling's series after shifting the argument above 10, where its error is below 1e-13.
fn ln_gamma(value: f64) -> f64 {
    let mut shift = 0.0;
    let mut at = value;
    while at < 10.0 {
        shift += at.ln();
        at += 1.0;
    }
    let inverse = 1.0 / at;
    let square = inverse * inverse;
    let tail = inverse * (1.0 / 12.0 - square * (1.0 / 360.0 - square * (1.0 / 1260.0 - square / 1680.0)));
    (at - 0.5) * at.ln() - at + 0.5 * (2.0 * std::f64::consts::PI).ln() + tail - shift
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(left: f64, right: f64, within: f64) {
        assert!((left - right).abs() <= within, "{left} is not {right}");
    }

    #[test]
    fn factorials_are_right() {
        close(ln_gamma(1.0), 0.0, 1e-11);
        close(ln_gamma(0.5), std::f64::consts::PI.sqrt().ln(), 1e-11);
        close(ln_gamma(11.0), 3_628_800f64.ln(), 1e-11);
        close(ln_gamma(171.0), (1..=170).map(|n| f64::from(n).ln()).sum(), 1e-9);
    }

    #[test]
    fn shape_one_is_the_exponential_distribution() {
        for share in [0.01, 0.1, 0.5, 0.9, 0.99] {
            close(quantile(1.0, share), -f64::ln(1.0 - share), 1e-9);
        }
    }

    #[test]
    fn whole_shapes_are_sums_of_poisson_probabilities() {
        // A gamma variable of shape k is above x when a Poisson variable of mean x is below k.
        for (shape, value) in [(2, 0.3), (5, 9.0), (20, 12.5), (60, 61.0)] {
            let mut term = f64::exp(-value);
            let mut above = 0.0;
            for number in 0..shape {
                above += term;
                term *= value / f64::from(number + 1);
            }
            close(probability_below(f64::from(shape), value), 1.0 - above, 1e-11);
        }
    }

    #[test]
    fn quantiles_invert_the_distribution_even_for_long_queues() {
        for shape in [0.2, 1.0, 3.7, 40.0, 5_000.0, 100_000.0] {
            for share in [0.1, 0.5, 0.9] {
                close(probability_below(shape, quantile(shape, share)), share, 1e-8);
            }
        }
    }
}
