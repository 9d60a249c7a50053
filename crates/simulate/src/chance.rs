//! Chance from a seed: every use has a stream of its own, named by numbers, so that changing one thing of a scenario
//! leaves all other draws as they were. That is what lets two configurations meet the same arrivals.

/// A stream of numbers (`SplitMix64`: a Weyl sequence through a mixing function).
#[derive(Debug, Clone)]
pub(crate) struct Chance(u64);

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Chance {
    /// The stream of this name under this seed.
    pub(crate) fn of(seed: u64, name: &[u64]) -> Self {
        Self(name.iter().fold(mix(seed.wrapping_add(STEP)), |state, part| mix(state ^ mix(part.wrapping_add(STEP)))))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        mix(self.0)
    }

    /// Uniform above 0 and up to 1, so that its logarithm exists.
    pub(crate) fn share(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// Exponential with mean 1.
    pub(crate) fn exponential(&mut self) -> f64 {
        -self.share().ln()
    }

    /// Standard normal, by Box and Muller.
    pub(crate) fn normal(&mut self) -> f64 {
        let radius = (2.0 * self.exponential()).sqrt();
        radius * (std::f64::consts::TAU * self.share()).cos()
    }

    /// One of so many, from 0.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.next()) * count as u128) >> 64) as usize
    }

    /// True with this probability.
    pub(crate) fn happens(&mut self, probability: f64) -> bool {
        self.share() <= probability
    }
}

/// The number that names a text in a stream's name (FNV-1a).
pub(crate) fn name_of(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn mix(mut state: u64) -> u64 {
    state = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    state = (state ^ (state >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    state ^ (state >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_gives_the_same_stream_and_another_name_another() {
        let draw = |seed, name: &[u64]| Chance::of(seed, name).next();
        assert_eq!(draw(1, &[2, 3]), draw(1, &[2, 3]));
        let all = [draw(1, &[2, 3]), draw(2, &[2, 3]), draw(1, &[3, 2]), draw(1, &[2]), draw(1, &[2, 3, 0])];
        for (index, one) in all.iter().enumerate() {
            assert!(all[index + 1..].iter().all(|other| other != one));
        }
    }

    #[test]
    fn shares_are_even_and_normals_are_normal() {
        let mut chance = Chance::of(7, &[]);
        let draws = 200_000;
        let shares: Vec<f64> = (0..draws).map(|_| chance.share()).collect();
        let mean = shares.iter().sum::<f64>() / f64::from(draws);
        assert!((mean - 0.5).abs() < 0.003, "{mean}");
        let normals: Vec<f64> = (0..draws).map(|_| chance.normal()).collect();
        let mean = normals.iter().sum::<f64>() / f64::from(draws);
        let square = normals.iter().map(|value| value * value).sum::<f64>() / f64::from(draws);
        assert!(mean.abs() < 0.01 && (square - 1.0).abs() < 0.02, "{mean} {square}");
        let ones = (0..draws).filter(|_| chance.below(10) == 3).count() as f64 / f64::from(draws);
        assert!((ones - 0.1).abs() < 0.004, "{ones}");
    }

    #[test]
    fn first_draws_of_neighbouring_streams_are_independent() {
        // Every arrival has its own stream, so the first draw over many streams must itself be uniform.
        let draws = 100_000_u64;
        let mean = (0..draws).map(|number| Chance::of(3, &[5, number]).share()).sum::<f64>() / draws as f64;
        let pairs = (0..draws).map(|number| {
            (Chance::of(3, &[5, number]).share() - 0.5) * (Chance::of(3, &[5, number + 1]).share() - 0.5)
        });
        let covariance = pairs.sum::<f64>() / draws as f64;
        assert!((mean - 0.5).abs() < 0.004 && covariance.abs() < 0.002, "{mean} {covariance}");
    }
}
