//! The structure of the document, for those who hear it rather than see it: built while the pages are laid out,
//! filled while they are drawn.

use krilla::tagging::{Identifier, Node, TagGroup, TagKind, TagTree};

/// A place in the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TagId(usize);

/// The structure, as a list of elements that know what is in them.
#[derive(Default)]
pub struct Tags {
    elements: Vec<Element>,
    top: Vec<TagId>,
}

struct Element {
    tag: TagKind,
    children: Vec<Child>,
}

enum Child {
    Element(TagId),
    Content(Identifier),
}

impl Tags {
    /// A new element of the document itself.
    pub fn top(&mut self, tag: impl Into<TagKind>) -> TagId {
        let id = self.new_element(tag.into());
        self.top.push(id);
        id
    }

    pub fn add(&mut self, parent: TagId, tag: impl Into<TagKind>) -> TagId {
        let id = self.new_element(tag.into());
        if let Some(parent) = self.elements.get_mut(parent.0) {
            parent.children.push(Child::Element(id));
        }
        id
    }

    /// Content that was drawn belongs to this element.
    pub fn content(&mut self, element: TagId, content: Identifier) {
        if let Some(element) = self.elements.get_mut(element.0) {
            element.children.push(Child::Content(content));
        }
    }

    pub fn finish(self, language: &str) -> TagTree {
        let Tags { mut elements, top } = self;
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for id in top {
            if let Some(group) = group(&mut elements, id) {
                tree.push(group);
            }
        }
        tree
    }

    fn new_element(&mut self, tag: TagKind) -> TagId {
        self.elements.push(Element { tag, children: Vec::new() });
        TagId(self.elements.len() - 1)
    }
}

fn group(elements: &mut [Element], id: TagId) -> Option<TagGroup> {
    let element = elements.get_mut(id.0)?;
    let tag = element.tag.clone();
    let children = std::mem::take(&mut element.children);
    let nodes = children.into_iter().filter_map(|child| match child {
        Child::Content(content) => Some(Node::Leaf(content)),
        Child::Element(id) => group(elements, id).map(Node::Group),
    });
    let nodes = nodes.collect();
    Some(TagGroup::with_children(tag, nodes))
}
