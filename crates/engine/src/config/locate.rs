//! Finds where in the document a path stands, so that a fault of meaning points at its line too.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned;

enum Tree {
    Map(BTreeMap<String, Spanned<Tree>>),
    List(Vec<Spanned<Tree>>),
    Scalar,
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

macro_rules! scalars {
    ($($visit:ident: $value:ty),+) => {
        $(fn $visit<E>(self, _: $value) -> Result<Tree, E> { Ok(Tree::Scalar) })+
    };
}

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree;

    fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("any YAML")
    }

    scalars!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str);

    fn visit_unit<E>(self) -> Result<Tree, E> {
        Ok(Tree::Scalar)
    }

    fn visit_none<E>(self) -> Result<Tree, E> {
        Ok(Tree::Scalar)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Tree::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Tree, A::Error> {
        let mut map = BTreeMap::new();
        while let Some(key) = entries.next_key::<String>()? {
            map.insert(key, entries.next_value()?);
        }
        Ok(Tree::Map(map))
    }
}

/// Line and column of the value at `path`, or of its nearest parent; zeros when there is none.
pub fn locate(text: &str, path: &str) -> (u64, u64) {
    let Ok(root) = serde_saphyr::from_str::<Spanned<Tree>>(text) else { return (0, 0) };
    let mut place = &root;
    for step in path.split('.').filter(|step| !step.is_empty()) {
        let next = match &place.value {
            Tree::Map(map) => map.get(step),
            Tree::List(list) => step.parse::<usize>().ok().and_then(|index| list.get(index)),
            Tree::Scalar => None,
        };
        match next {
            Some(found) => place = found,
            None => break,
        }
    }
    (place.referenced.line(), place.referenced.column())
}

#[cfg(test)]
mod tests {
    use super::locate;

    #[test]
    fn a_path_leads_to_its_line() {
        let text = "queues:\n  billing:\n    name: B\n    hours: \"xx\"\n  list: [1, 2]\n";
        assert_eq!(locate(text, "queues.billing.hours").0, 4);
        assert_eq!(locate(text, "queues.billing.absent").0, 3);
        assert_eq!(locate(text, "queues.list.1"), (5, 13));
    }
}
