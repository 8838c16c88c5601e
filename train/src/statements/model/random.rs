//! Random numbers with a seed.

/// A cheap source of random numbers.
#[derive(Clone)]
pub struct XorShift(pub u64);

impl XorShift {
    /// The next 32 bits.
    pub fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 24) as u32
    }

    /// From 0 to 1.
    pub fn share(&mut self) -> f32 {
        (self.next() >> 8) as f32 / (1 << 24) as f32
    }

    /// Normal with variance one, nearly.
    pub fn normal(&mut self) -> f32 {
        (0..12).map(|_| self.share()).sum::<f32>() - 6.0
    }

    /// Factors that drop a share of numbers and scale up the rest.
    pub fn drop(&mut self, count: usize, share: f32) -> Vec<f32> {
        let least = (f64::from(share) * 4_294_967_296.0) as u64;
        let factor = 1.0 / (1.0 - share);
        (0..count).map(|_| if u64::from(self.next()) < least { 0.0 } else { factor }).collect()
    }
}
