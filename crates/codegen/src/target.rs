//! What can be generated.

/// A folder of templates and an entry here is what a target consists of.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Target {
    Specifications,
    Node,
    Python,
}

impl Target {
    pub const ALL: [Target; 3] = [Target::Specifications, Target::Node, Target::Python];

    /// As the command line and manifests name it.
    pub fn id(self) -> &'static str {
        match self {
            Target::Specifications => "specs",
            Target::Node => "node",
            Target::Python => "python",
        }
    }

    pub fn of_id(id: &str) -> Option<Target> {
        Target::ALL.into_iter().find(|target| target.id() == id)
    }

    /// What it is called in the page.
    pub fn title(self) -> &'static str {
        match self {
            Target::Specifications => "Specifications and documentation",
            Target::Node => "Node service (TypeScript)",
            Target::Python => "Python service",
        }
    }
}
