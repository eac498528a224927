//! A list of mostly one: most streams have few events, and many have one.

/// The first item lies in place.
#[derive(Clone, Debug)]
pub(crate) enum Few<T> {
    One(T),
    Many(Vec<T>),
}

impl<T> Default for Few<T> {
    fn default() -> Self {
        Few::Many(Vec::new())
    }
}

impl<T> Few<T> {
    pub fn push(&mut self, item: T) {
        match self {
            Few::Many(items) if items.capacity() > 0 => items.push(item),
            Few::Many(_) => *self = Few::One(item),
            Few::One(_) => {
                let one = std::mem::take(self);
                let mut items = Vec::with_capacity(4);
                items.extend(one.into_iter().chain([item]));
                *self = Few::Many(items);
            }
        }
    }

    fn into_iter(self) -> impl Iterator<Item = T> {
        let (one, many) = match self {
            Few::One(item) => (Some(item), Vec::new()),
            Few::Many(items) => (None, items),
        };
        one.into_iter().chain(many)
    }

    pub fn truncate(&mut self, length: usize) {
        match self {
            Few::Many(items) => items.truncate(length),
            Few::One(_) if length == 0 => *self = Few::default(),
            Few::One(_) => {}
        }
    }

    pub fn as_mut_slice(&mut self) -> &mut [T] {
        match self {
            Few::One(item) => std::slice::from_mut(item),
            Few::Many(items) => items,
        }
    }
}

impl<T> std::ops::Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match self {
            Few::One(item) => std::slice::from_ref(item),
            Few::Many(items) => items,
        }
    }
}
