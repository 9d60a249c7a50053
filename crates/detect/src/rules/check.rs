//! What a rule may name and what it may cost, looked up in its expression before it is ever evaluated.

use baton_core::RuleId;
use cel::common::ast::{EntryExpr, Expr, IdedExpr, LiteralValue};

use super::DEPTH_MAX;
use crate::policy::{PolicyError, Whose};

/// Longest list or map written in a rule that may be gone through.
const LIST_MAX: usize = 100;
/// Most memory of a compiled pattern.
const PATTERN_BYTES_MAX: usize = 256 * 1024;

const VARIABLES: [&str; 15] = [
    "attributes",
    "bot_failures",
    "channel",
    "complexity",
    "customer_turns",
    "dissatisfaction",
    "frustration",
    "hour",
    "language",
    "message",
    "sensitive",
    "tier",
    "topic",
    "trend",
    "weekday",
];

/// Functions and macros that a rule may call; operators have names that begin otherwise.
const FUNCTIONS: [&str; 12] =
    ["bool", "contains", "double", "endsWith", "int", "matches", "max", "min", "size", "startsWith", "string", "uint"];

pub(super) struct Check<'a> {
    pub(super) whose: Whose,
    pub(super) rule: &'a RuleId,
    pub(super) source: &'a str,
}

impl Check<'_> {
    /// Names known variables and functions only, and goes through one list at most at a time.
    pub(super) fn expression(
        &self,
        node: &IdedExpr,
        locals: &mut Vec<String>,
        depth: usize,
        loops: usize,
    ) -> Result<(), PolicyError> {
        // A comprehension unfolds to a few levels of its own.
        if depth > 4 * DEPTH_MAX {
            return self.costly(format!("nested deeper than {DEPTH_MAX} levels: split it into several rules"));
        }
        let inside = |node: &IdedExpr, locals: &mut Vec<String>| self.expression(node, locals, depth + 1, loops);
        match &node.expr {
            Expr::Unspecified | Expr::Literal(_) => Ok(()),
            Expr::Ident(name) => self.variable(name, locals),
            Expr::Select(select) => inside(&select.operand, locals),
            Expr::Call(call) => {
                self.function(&call.func_name)?;
                if call.func_name == "matches" {
                    self.pattern(call.args.last())?;
                }
                for part in call.target.iter().map(|target| &**target).chain(&call.args) {
                    inside(part, locals)?;
                }
                Ok(())
            }
            Expr::List(list) => {
                self.listed(list.elements.len())?;
                list.elements.iter().try_for_each(|element| inside(element, locals))
            }
            Expr::Map(map) => {
                self.listed(map.entries.len())?;
                map.entries.iter().try_for_each(|entry| match &entry.expr {
                    EntryExpr::MapEntry(entry) => {
                        inside(&entry.key, locals).and_then(|()| inside(&entry.value, locals))
                    }
                    EntryExpr::StructField(field) => inside(&field.value, locals),
                })
            }
            Expr::Struct(_) => self.costly("it builds a structure: compare values only".to_owned()),
            Expr::Comprehension(each) => {
                if loops > 0 {
                    return self
                        .costly("one list is gone through inside another: split it into several rules".to_owned());
                }
                inside(&each.iter_range, locals)?;
                let outer = locals.len();
                locals.extend([each.iter_var.clone(), each.accu_var.clone()]);
                locals.extend(each.iter_var2.clone());
                for part in [&each.accu_init, &each.loop_cond, &each.loop_step, &each.result] {
                    self.expression(part, locals, depth + 1, loops + 1)?;
                }
                locals.truncate(outer);
                Ok(())
            }
        }
    }

    fn variable(&self, name: &str, locals: &[String]) -> Result<(), PolicyError> {
        let known = VARIABLES.contains(&name) || locals.iter().any(|local| local == name) || name.starts_with('@');
        if known {
            return Ok(());
        }
        let (line, column) = self.place(name);
        let (whose, rule, name, known) = (self.whose, self.rule.clone(), name.to_owned(), VARIABLES.join(", "));
        Err(PolicyError::UnknownVariable { whose, rule, name, line, column, known })
    }

    fn function(&self, name: &str) -> Result<(), PolicyError> {
        // Operators are called `_==_`, `!_`, `@in` and the like.
        let operator = !name.starts_with(|first: char| first.is_ascii_alphabetic());
        if operator || FUNCTIONS.contains(&name) {
            return Ok(());
        }
        let (line, column) = self.place(name);
        let known =
            format!("{}, and on lists all, exists, exists_one, filter and map, and has()", FUNCTIONS.join(", "));
        Err(PolicyError::UnknownFunction {
            whose: self.whose,
            rule: self.rule.clone(),
            name: name.to_owned(),
            line,
            column,
            known,
        })
    }

    /// Patterns are written out, so that one that is wrong or too big is found when the rule is saved.
    fn pattern(&self, argument: Option<&IdedExpr>) -> Result<(), PolicyError> {
        let Some(Expr::Literal(LiteralValue::String(pattern))) = argument.map(|argument| &argument.expr) else {
            return self.costly("matches() needs its pattern written out, in quotes".to_owned());
        };
        let pattern: &str = pattern.inner();
        match regex::RegexBuilder::new(pattern).size_limit(PATTERN_BYTES_MAX).build() {
            Ok(_) => Ok(()),
            Err(error) => {
                let problem = error.to_string().lines().last().unwrap_or_default().trim().to_owned();
                Err(PolicyError::Pattern {
                    whose: self.whose,
                    rule: self.rule.clone(),
                    pattern: pattern.to_owned(),
                    problem,
                })
            }
        }
    }

    fn listed(&self, length: usize) -> Result<(), PolicyError> {
        if length <= LIST_MAX {
            return Ok(());
        }
        self.costly(format!("a list of {length}: at most {LIST_MAX} are allowed, use an attribute or a topic"))
    }

    fn costly(&self, problem: String) -> Result<(), PolicyError> {
        Err(PolicyError::TooCostly { whose: self.whose, rule: self.rule.clone(), problem })
    }

    /// Line and column, from 1, of the first time a name stands as a word of its own.
    fn place(&self, name: &str) -> (usize, usize) {
        let is_name = |character: char| character.is_alphanumeric() || character == '_';
        let whole = self.source.match_indices(name).map(|(at, _)| at).find(|at| {
            let (before, after) = (&self.source[..*at], &self.source[*at + name.len()..]);
            !before.ends_with(is_name) && !before.ends_with(['.', '"', '\'']) && !after.starts_with(is_name)
        });
        let before = &self.source[..whole.unwrap_or(0)];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line, column)
    }
}
