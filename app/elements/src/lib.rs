//! Elements of the page: made at once, tied to signals, all of one type.
//!
//! Why not the `view!` macro: there every attribute name, tag, value and closure is a type of its own, and the
//! machinery for each is compiled again. The page's wasm was three times what its first load may be, nearly all of it
//! such copies. Here an element is the browser's own element, everything that follows signals is one kind of effect
//! (`live`), and a listener is one kind of closure; each call adds a few bytes.
//!
//! The invariants: text from people enters as text nodes and attribute values only, never as HTML. What an element
//! follows belongs to the reactive owner it was made under, and ends with it. Who draws again keeps the focus where
//! it was.

use leptos::html::ElementType;
use leptos::prelude::*;
use leptos::reactive::effect::RenderEffect;
use leptos::tachys::html::node_ref::NodeRefContainer;
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::Hash;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, HtmlElement, Node};

const SVG: &str = "http://www.w3.org/2000/svg";
const FOCUSABLE: &str = "button, input, textarea, a[href], [tabindex]";

/// An element of the page that is being put together.
#[derive(Clone)]
pub struct El(web_sys::Element);

/// What can stand in an attribute or a text: `None` is an attribute that is not there.
pub trait Shown {
    fn shown(self) -> Option<Cow<'static, str>>;
}

impl Shown for &'static str {
    fn shown(self) -> Option<Cow<'static, str>> {
        Some(Cow::Borrowed(self))
    }
}

impl Shown for String {
    fn shown(self) -> Option<Cow<'static, str>> {
        Some(Cow::Owned(self))
    }
}

impl Shown for bool {
    fn shown(self) -> Option<Cow<'static, str>> {
        self.then_some(Cow::Borrowed(""))
    }
}

impl<T: Shown> Shown for Option<T> {
    fn shown(self) -> Option<Cow<'static, str>> {
        self.and_then(T::shown)
    }
}

/// Runs now, and again whenever a signal that it read moves, for as long as the present owner lives.
pub fn live(run: impl FnMut() + 'static) {
    fn follow(mut run: Box<dyn FnMut()>) {
        StoredValue::new_local(RenderEffect::new(move |_: Option<()>| run()));
    }
    follow(Box::new(run));
}

/// Runs when the page stands, and again whenever a signal that it read moves.
pub fn afterwards(run: impl FnMut() + 'static) {
    fn follow(run: Box<dyn FnMut()>) {
        Effect::new(run);
    }
    follow(Box::new(run));
}

/// A value made from signals, which moves only when it becomes another.
pub fn remembered<T>(read: impl Fn() -> T + Send + Sync + 'static) -> Memo<T>
where
    T: PartialEq + Send + Sync + 'static,
{
    fn follow<T: PartialEq + Send + Sync + 'static>(read: Box<dyn Fn() -> T + Send + Sync>) -> Memo<T> {
        Memo::new(move |_| read())
    }
    follow(Box::new(read))
}

/// The states of a control, in the words of its attributes.
pub fn word(state: bool) -> &'static str {
    if state { "true" } else { "false" }
}

type Words = Box<dyn FnMut() -> Option<Cow<'static, str>>>;

fn words<T: Shown>(mut read: impl FnMut() -> T + 'static) -> Words {
    Box::new(move || read().shown())
}

pub fn el(tag: &str) -> El {
    El(must(document().create_element(tag)))
}

/// An element of a drawing.
pub fn svg(tag: &str) -> El {
    El(must(document().create_element_ns(Some(SVG), tag)))
}

fn must(made: Result<web_sys::Element, JsValue>) -> web_sys::Element {
    let Ok(element) = made else {
        unreachable!("a browser makes elements of all names that this program gives")
    };
    element
}

impl El {
    /// An element that stands in the page already, to be given more to do.
    pub fn of(element: web_sys::Element) -> El {
        El(element)
    }

    pub fn put_into(&self, parent: &Node) {
        add(parent, &self.0);
    }

    pub fn class(self, name: &str) -> El {
        set(&self.0, "class", Some(name));
        self
    }

    pub fn attr(self, name: &str, value: impl Shown) -> El {
        set(&self.0, name, value.shown().as_deref());
        self
    }

    /// An attribute that follows signals.
    pub fn live_attr<T: Shown>(self, name: &'static str, value: impl FnMut() -> T + 'static) -> El {
        fn follow(element: web_sys::Element, name: &'static str, mut value: Words) {
            let mut before: Option<Option<Cow<'static, str>>> = None;
            live(move || {
                let now = value();
                if before.as_ref() != Some(&now) {
                    set(&element, name, now.as_deref());
                    before = Some(now);
                }
            });
        }
        follow(self.0.clone(), name, words(value));
        self
    }

    /// A property of the browser's object, as `value` of a field, which is not its attribute.
    pub fn prop(self, name: &str, value: impl Into<JsValue>) -> El {
        // A property that these elements have; setting it cannot fail.
        let _ = js_sys::Reflect::set(&self.0, &name.into(), &value.into());
        self
    }

    pub fn live_checked(self, mut value: impl FnMut() -> bool + 'static) -> El {
        let element = self.clone();
        live(move || {
            element.clone().prop("checked", value());
        });
        self
    }

    /// A variable of the style sheet.
    pub fn var(self, name: &str, value: &str) -> El {
        let _ = self.0.unchecked_ref::<HtmlElement>().style().set_property(name, value);
        self
    }

    pub fn live_var(self, name: &'static str, mut value: impl FnMut() -> String + 'static) -> El {
        let element = self.clone();
        live(move || {
            element.clone().var(name, &value());
        });
        self
    }

    /// A class that comes and goes.
    pub fn live_class(self, name: &'static str, mut on: impl FnMut() -> bool + 'static) -> El {
        let classes = self.0.class_list();
        live(move || {
            let _ = classes.toggle_with_force(name, on());
        });
        self
    }

    pub fn text(self, words: &str) -> El {
        add(&self.0, &document().create_text_node(words));
        self
    }

    /// A text that follows signals.
    pub fn live_text<T: Shown>(self, value: impl FnMut() -> T + 'static) -> El {
        fn follow(parent: &Node, mut value: Words) {
            let node: Node = document().create_text_node("").into();
            add(parent, &node);
            let mut before = Cow::Borrowed("");
            live(move || {
                let now = value().unwrap_or_default();
                if before != now {
                    node.set_node_value(Some(&now));
                    before = now;
                }
            });
        }
        follow(&self.0, words(value));
        self
    }

    /// Elements inside this one: one, several, or one that may be missing.
    pub fn child(self, child: impl IntoIterator<Item = El>) -> El {
        for child in child {
            add(&self.0, &child.0);
        }
        self
    }

    /// Elements that are made again when a signal that they were made from moves.
    pub fn live_child<T: IntoIterator<Item = El>>(self, mut make: impl FnMut() -> T + 'static) -> El {
        let region = Region::at_the_end_of(&self.0);
        region.follow(Box::new(move || make().into_iter().collect()));
        self
    }

    /// Elements that are there while a condition holds.
    pub fn when<T: IntoIterator<Item = El>>(
        self,
        condition: impl Fn() -> bool + Send + Sync + 'static,
        mut make: impl FnMut() -> T + 'static,
    ) -> El {
        let holds = remembered(condition);
        let region = Region::at_the_end_of(&self.0);
        region.follow(Box::new(move || if holds.get() { make().into_iter().collect() } else { Vec::new() }));
        self
    }

    /// One element for each key, in their order; an element stays as long as its key does.
    pub fn each<K: Clone + Eq + Hash + 'static>(
        self,
        mut keys: impl FnMut() -> Vec<K> + 'static,
        make: impl Fn(K) -> El + 'static,
    ) -> El {
        let region = Region::at_the_end_of(&self.0);
        let parent = Owner::current().unwrap_or_default();
        let mut rows: HashMap<K, (El, Owner)> = HashMap::new();
        live(move || {
            let wanted = keys();
            let mut old = std::mem::take(&mut rows);
            let mut order = Vec::with_capacity(wanted.len());
            for key in wanted {
                let row = old.remove(&key).unwrap_or_else(|| {
                    let owner = parent.with(Owner::new);
                    (owner.with(|| untrack(|| make(key.clone()))), owner)
                });
                order.push(row.0.clone());
                rows.insert(key, row);
            }
            for (row, owner) in old.into_values() {
                row.0.remove();
                owner.cleanup();
            }
            region.arrange(&order);
        });
        self
    }

    pub fn on(self, event: &str, mut run: impl FnMut() + 'static) -> El {
        listen(&self.0, event, Box::new(move |_| run()));
        self
    }

    pub fn on_event<E: JsCast>(self, event: &str, mut run: impl FnMut(E) + 'static) -> El {
        listen(&self.0, event, Box::new(move |event| run(event.unchecked_into())));
        self
    }

    /// Has a reference point at this element.
    pub fn known_as<E>(self, reference: NodeRef<E>) -> El
    where
        E: ElementType,
        E::Output: JsCast + 'static,
    {
        reference.load(&self.0);
        self
    }
}

/// So that one element can stand where several may.
impl IntoIterator for El {
    type Item = El;
    type IntoIter = std::iter::Once<El>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::once(self)
    }
}

fn add(parent: &Node, child: &Node) {
    // A new node fits into any element.
    let _ = parent.append_child(child);
}

fn set(element: &web_sys::Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// The browser frees the listener with its element.
fn listen(element: &web_sys::Element, event: &str, run: Box<dyn FnMut(Event)>) {
    let run = Closure::wrap(run).into_js_value();
    let _ = element.add_event_listener_with_callback(event, run.unchecked_ref());
}

/// A place among the children of an element, between two marks that nobody sees.
struct Region {
    start: Node,
    end: Node,
}

impl Region {
    fn at_the_end_of(parent: &Node) -> Region {
        let mark = || -> Node { document().create_comment("").into() };
        let region = Region { start: mark(), end: mark() };
        add(parent, &region.start);
        add(parent, &region.end);
        region
    }

    fn follow(self, mut make: Box<dyn FnMut() -> Vec<El>>) {
        live(move || {
            let fresh = make();
            let focus = self.focus();
            while let Some(node) = self.start.next_sibling().filter(|node| *node != self.end) {
                self.take(&node);
            }
            for element in &fresh {
                self.insert(&element.0, Some(&self.end));
            }
            self.focus_again(focus);
        });
    }

    fn take(&self, node: &Node) {
        if let Some(parent) = node.parent_node() {
            let _ = parent.remove_child(node);
        }
    }

    fn insert(&self, node: &Node, before: Option<&Node>) {
        if let Some(parent) = self.end.parent_node() {
            let _ = parent.insert_before(node, before);
        }
    }

    /// Brings the elements into this order and moves as few as one that was carried elsewhere.
    fn arrange(&self, order: &[El]) {
        let active = active();
        let mut next = self.start.next_sibling();
        for El(element) in order {
            let node: &Node = element;
            let after = next.as_ref().and_then(Node::next_sibling);
            if next.as_ref() == Some(node) {
                next = after;
            } else if after.as_ref() == Some(node) {
                next = node.next_sibling();
            } else {
                self.insert(node, next.as_ref());
            }
        }
        // A moved element loses the focus.
        if let Some(active) = active.filter(|it| self::active().as_ref() != Some(it) && it.is_connected()) {
            focus(&active);
        }
    }

    fn focusable(&self) -> Vec<HtmlElement> {
        let inside = self.end.parent_element().and_then(|parent| parent.query_selector_all(FOCUSABLE).ok());
        let Some(inside) = inside else { return Vec::new() };
        let all = (0..inside.length()).filter_map(|at| inside.item(at)?.dyn_into().ok());
        all.filter(|element: &HtmlElement| self.holds(element)).collect()
    }

    fn holds(&self, node: &Node) -> bool {
        let follows = |mark: &Node, way: u16| mark.compare_document_position(node) & way != 0;
        follows(&self.start, Node::DOCUMENT_POSITION_FOLLOWING)
            && follows(&self.end, Node::DOCUMENT_POSITION_PRECEDING)
    }

    /// Which of the things here that can have the focus has it.
    fn focus(&self) -> Option<usize> {
        let active = active().filter(|active| self.holds(active))?;
        self.focusable().iter().position(|element| *element == active)
    }

    fn focus_again(&self, at: Option<usize>) {
        if let Some(element) = at.and_then(|at| self.focusable().into_iter().nth(at)) {
            focus(&element);
        }
    }
}

fn active() -> Option<HtmlElement> {
    document().active_element().and_then(|element| element.dyn_into().ok())
}

fn focus(element: &HtmlElement) {
    let options = web_sys::FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}
