//! Numbers that look thrown: the same seed gives the same ones on every machine (splitmix64).

#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let one = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let two = (one ^ (one >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        two ^ (two >> 31)
    }

    /// One of so many; 0 where there are none.
    pub fn below(&mut self, bound: usize) -> usize {
        let wide = u128::from(self.next()) * bound as u128;
        (wide >> 64) as usize
    }

    /// One of so many, the first ones more often: some things are popular.
    pub fn popular(&mut self, bound: usize) -> usize {
        let first = self.below(bound);
        let second = self.below(bound);
        first.min(second).min(self.below(bound))
    }

    /// One of so many, the last ones more often: people go on with what they began.
    pub fn recent(&mut self, bound: usize) -> usize {
        bound.saturating_sub(1 + self.popular(bound))
    }

    pub fn percent(&mut self, percent: u32) -> bool {
        self.below(100) < percent as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stay_below_their_bound() {
        let mut random = Random::new(7);
        for bound in [0, 1, 2, 1_000] {
            for _ in 0..100 {
                let all = [random.below(bound), random.popular(bound), random.recent(bound)];
                assert!(all.iter().all(|one| *one < bound.max(1)), "{all:?} below {bound}");
            }
        }
    }

    #[test]
    fn the_first_are_popular_and_the_last_recent() {
        let mut random = Random::new(7);
        let mut sum =
            |pick: fn(&mut Random, usize) -> usize| (0..1_000).map(|_| pick(&mut random, 100)).sum::<usize>();
        let (popular, even, recent) = (sum(Random::popular), sum(Random::below), sum(Random::recent));
        assert!(popular < even && even < recent);
    }
}
