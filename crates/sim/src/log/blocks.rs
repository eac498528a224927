//! A long list in blocks: it grows without moving what is there, and reserves little.

const BLOCK: usize = 1024;

#[derive(Clone, Debug)]
pub(super) struct Blocks<T> {
    blocks: Vec<Vec<T>>,
    length: usize,
}

impl<T> Default for Blocks<T> {
    fn default() -> Self {
        Blocks { blocks: Vec::new(), length: 0 }
    }
}

impl<T> Blocks<T> {
    pub fn len(&self) -> usize {
        self.length
    }

    pub fn push(&mut self, item: T) {
        if self.length.is_multiple_of(BLOCK) {
            // A short list should be small.
            let room = if self.length == 0 { 4 } else { BLOCK };
            self.blocks.push(Vec::with_capacity(room));
        }
        if let Some(block) = self.blocks.last_mut() {
            block.push(item);
            self.length += 1;
        }
    }

    pub fn get(&self, index: usize) -> Option<&T> {
        self.blocks.get(index / BLOCK)?.get(index % BLOCK)
    }

    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.blocks.get_mut(index / BLOCK)?.get_mut(index % BLOCK)
    }

    pub fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
        self.blocks.truncate(self.length.div_ceil(BLOCK));
        if let (Some(block), 1..) = (self.blocks.last_mut(), self.length % BLOCK) {
            block.truncate(self.length % BLOCK);
        }
    }
}
