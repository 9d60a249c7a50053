//! Rules: CEL expressions, compiled once, checked for what they name and what they could cost.

mod check;

use std::cell::OnceCell;
use std::collections::{BTreeMap, HashMap};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, LazyLock};

use baton_core::{Language, Needs, RuleId, SignalName, Timestamp, VerdictKind};
use cel::{Context, Env, Program};
use jiff::tz::TimeZone;

use self::check::Check;
use crate::policy::{Adjustment, OverrideDefinition, PolicyError, RULE_BYTES_MAX, RuleDefinition, Whose};
use crate::turn::{Turn, Value};
use crate::weigh::Found;

/// What rules see of a message.
pub const RULE_MESSAGE_CHARS_MAX: usize = 4_000;
/// Attributes given to rules, the first by name; and the longest text of one, in characters.
const ATTRIBUTES_MAX: usize = 64;
const ATTRIBUTE_CHARS_MAX: usize = 500;
/// Deeper expressions are not rules but programs.
const DEPTH_MAX: usize = 40;

/// CEL's own operators and functions, made once.
static ENV: LazyLock<Arc<Env>> = LazyLock::new(|| Arc::new(Env::stdlib()));

/// What a rule is asked about, beyond the turn itself.
pub(crate) struct Facts<'a> {
    pub(crate) turn: &'a Turn<'a>,
    pub(crate) topic: &'a str,
    pub(crate) language: Language,
    pub(crate) bot_failures: u32,
    pub(crate) customer_turns: u32,
    /// What the message itself says, and its trend.
    pub(crate) found: &'a [Found],
}

impl Facts<'_> {
    fn value(&self, name: SignalName) -> f64 {
        self.found.iter().find(|found| found.name == name).map_or(0.0, |found| f64::from(found.value))
    }

    /// The plainest sensitive matter, by its word.
    fn sensitive(&self) -> &'static str {
        let classes = self.found.iter().filter_map(|found| Some((found.name.class()?, found.value)));
        classes.max_by(|one, other| one.1.total_cmp(&other.1)).map_or("", |(class, _)| class.as_str())
    }
}

/// A compiled rule.
pub(crate) struct Rule {
    pub(crate) id: RuleId,
    pub(crate) kind: VerdictKind,
    pub(crate) needs: Needs,
    program: Program,
}

/// Other thresholds, with their compiled condition.
pub(crate) struct Override {
    pub(crate) id: RuleId,
    pub(crate) adjustments: Vec<Adjustment>,
    program: Program,
}

pub(crate) fn compile(definitions: Vec<RuleDefinition>) -> Result<Vec<Rule>, PolicyError> {
    definitions.into_iter().map(compile_one).collect()
}

fn compile_one(definition: RuleDefinition) -> Result<Rule, PolicyError> {
    let RuleDefinition { id, when, kind, needs } = definition;
    let program = condition(Whose::Rule, &id, &when)?;
    Ok(Rule { id, kind, needs, program })
}

pub(crate) fn compile_overrides(definitions: Vec<OverrideDefinition>) -> Result<Vec<Override>, PolicyError> {
    definitions
        .into_iter()
        .map(|definition| {
            let OverrideDefinition { id, when, adjustments } = definition;
            let program = condition(Whose::Override, &id, &when)?;
            Ok(Override { id, adjustments, program })
        })
        .collect()
}

fn condition(whose: Whose, id: &RuleId, when: &str) -> Result<Program, PolicyError> {
    if when.len() > RULE_BYTES_MAX {
        return Err(PolicyError::RuleTooLong { whose, rule: id.clone(), bytes: when.len() });
    }
    check_nesting(whose, id, when)?;
    let program = parse(whose, id, when)?;
    Check { whose, rule: id, source: when }.expression(program.expression(), &mut Vec::new(), 0, 0)?;
    check_type(whose, id, &program)?;
    Ok(program)
}

/// Nested source is refused before it is parsed: the parser goes down as deep as the text tells it to.
fn check_nesting(whose: Whose, rule: &RuleId, source: &str) -> Result<(), PolicyError> {
    let (mut depth, mut deepest, mut prefixes) = (0_usize, 0_usize, 0_usize);
    for character in source.chars() {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
        prefixes += usize::from(matches!(character, '!' | '-' | '?'));
    }
    if deepest > DEPTH_MAX || prefixes > 4 * DEPTH_MAX {
        let problem = format!("nested deeper than {DEPTH_MAX} levels: split it into several rules");
        return Err(PolicyError::TooCostly { whose, rule: rule.clone(), problem });
    }
    Ok(())
}

fn parse(whose: Whose, rule: &RuleId, source: &str) -> Result<Program, PolicyError> {
    let syntax = |line, column, problem| PolicyError::Syntax { whose, rule: rule.clone(), line, column, problem };
    // Foreign code on foreign text: a fault in it must not take the configuration's other rules along.
    let Ok(parsed) = catch_unwind(AssertUnwindSafe(|| Program::compile(source))) else {
        return Err(syntax(1, 1, "this is not an expression: write one like `topic == \"legal\"`".to_owned()));
    };
    parsed.map_err(|errors| {
        let Some(error) = errors.errors.first() else { return syntax(1, 1, errors.to_string()) };
        let place = |number: isize| usize::try_from(number).unwrap_or(1).max(1);
        let said: String = error.msg.lines().next().unwrap_or_default().chars().take(200).collect();
        syntax(place(error.pos.0), place(error.pos.1), said)
    })
}

/// Tries the rule on an empty turn: what fails there for want of data is fine, a value that is no bool is not.
fn check_type(whose: Whose, rule: &RuleId, program: &Program) -> Result<(), PolicyError> {
    let mut context = Context::with_env(Arc::clone(&ENV));
    for name in ["channel", "language", "message", "sensitive", "tier", "topic"] {
        context.add_variable_from_value(name, String::new());
    }
    for name in ["bot_failures", "customer_turns", "hour", "weekday"] {
        context.add_variable_from_value(name, 1_i64);
    }
    for name in ["complexity", "dissatisfaction", "frustration", "trend"] {
        context.add_variable_from_value(name, 0.0_f64);
    }
    context.add_variable_from_value("attributes", HashMap::<String, cel::Value>::new());
    match catch_unwind(AssertUnwindSafe(|| program.execute(&context))) {
        Ok(Ok(cel::Value::Bool(_)) | Err(_)) => Ok(()),
        Ok(Ok(other)) => {
            let got = format!("a {:?}", other.type_of()).to_lowercase();
            Err(PolicyError::NotBool { whose, rule: rule.clone(), got })
        }
        Err(_) => {
            let problem = "it cannot be evaluated: write it more simply".to_owned();
            Err(PolicyError::TooCostly { whose, rule: rule.clone(), problem })
        }
    }
}

/// The rules and the overrides that hold, in the policy's order.
pub(crate) fn matching<'r>(
    rules: &'r [Rule],
    overrides: &'r [Override],
    facts: &Facts<'_>,
) -> (Vec<&'r Rule>, Vec<&'r Override>) {
    let context = OnceCell::new();
    let holds = |program: &Program| {
        let context = context.get_or_init(|| context_of(facts));
        // A missing attribute and the like is an answer: the condition does not hold. Foreign code may also panic.
        let given = catch_unwind(AssertUnwindSafe(|| program.execute(context)));
        matches!(given, Ok(Ok(cel::Value::Bool(true))))
    };
    let rules = rules.iter().filter(|rule| holds(&rule.program)).collect();
    let overrides = overrides.iter().filter(|over| holds(&over.program)).collect();
    (rules, overrides)
}

fn context_of<'c>(facts: &Facts<'_>) -> Context<'c, 'c> {
    let turn = facts.turn;
    let mut context = Context::with_env(Arc::clone(&ENV));
    let message: String = turn.text.chars().take(RULE_MESSAGE_CHARS_MAX).collect();
    for (name, text) in [
        ("topic", facts.topic),
        ("sensitive", facts.sensitive()),
        ("tier", turn.tier.map_or("", |tier| tier.as_str())),
        ("language", facts.language.as_str()),
        ("channel", turn.channel.as_str()),
        ("message", &message),
    ] {
        context.add_variable_from_value(name, text.to_owned());
    }
    let (hour, weekday) = local_time(turn.now, turn.time_zone);
    for (name, number) in [
        ("hour", hour),
        ("weekday", weekday),
        ("bot_failures", i64::from(facts.bot_failures)),
        ("customer_turns", i64::from(facts.customer_turns)),
    ] {
        context.add_variable_from_value(name, number);
    }
    for name in [SignalName::Complexity, SignalName::Dissatisfaction, SignalName::Frustration, SignalName::Trend] {
        context.add_variable_from_value(name.as_str(), facts.value(name));
    }
    context.add_variable_from_value("attributes", attributes(turn.attributes));
    context
}

fn attributes(attributes: &BTreeMap<String, Value>) -> HashMap<String, cel::Value> {
    let value = |value: &Value| match value {
        Value::Text(text) => cel::Value::from(text.chars().take(ATTRIBUTE_CHARS_MAX).collect::<String>()),
        Value::Number(number) => cel::Value::from(*number),
        Value::Flag(flag) => cel::Value::from(*flag),
    };
    attributes.iter().take(ATTRIBUTES_MAX).map(|(name, held)| (name.clone(), value(held))).collect()
}

/// Hour (0 to 23) and weekday (Monday is 1) where the customer's deployment stands.
fn local_time(now: Timestamp, time_zone: &str) -> (i64, i64) {
    let zone = TimeZone::get(time_zone).unwrap_or(TimeZone::UTC);
    let moment = jiff::Timestamp::from_millisecond(now.0).unwrap_or_default().to_zoned(zone);
    (i64::from(moment.hour()), i64::from(moment.weekday().to_monday_one_offset()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compiled(when: &str) -> Result<Rule, PolicyError> {
        let id = RuleId::new("legal").unwrap();
        compile_one(RuleDefinition { id, when: when.to_owned(), kind: VerdictKind::HandOff, needs: Needs::default() })
    }

    fn refusal(when: &str) -> String {
        match compiled(when) {
            Ok(_) => panic!("accepted: {when}"),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn an_admin_who_mistypes_a_variable_is_told_which_there_are() {
        let said = refusal("hour > 8 &&\n  topik == \"legal\"");
        assert!(said.starts_with("rule `legal`, line 2, column 3: there is no variable `topik`"), "{said}");
        assert!(said.contains("attributes, bot_failures, channel"), "{said}");
    }

    #[test]
    fn an_admin_is_told_where_a_rule_does_not_parse() {
        let said = refusal("topic == \"legal\" && (hour > 8");
        assert!(said.contains("rule `legal`, line 1, column"), "{said}");
        assert!(refusal("").contains("rule `legal`"));
        assert!(refusal("topic = \"legal\"").contains("line 1"));
    }

    #[test]
    fn a_rule_must_be_true_or_false() {
        assert!(refusal("topic").contains("true or false"));
        assert!(refusal("hour + 1").contains("true or false"));
    }

    #[test]
    fn unknown_functions_and_bad_patterns_are_found_when_saving() {
        assert!(refusal("topic.lower() == \"legal\"").contains("there is no function `lower`"));
        assert!(refusal("message.matches(\"(lawyer\")").contains("not a regular expression"));
        assert!(refusal("message.matches(\"(a{1000}){1000}\")").contains("regular expression"));
        assert!(refusal("message.matches(topic)").contains("written out"));
    }

    #[test]
    fn costly_rules_are_refused() {
        assert!(refusal(&format!("topic == \"{}\"", "x".repeat(RULE_BYTES_MAX))).contains("at most 2000"));
        assert!(refusal("[1,2].all(a, [1,2].all(b, a == b))").contains("inside another"));
        assert!(refusal(&format!("{}true{}", "(".repeat(900), ")".repeat(900))).contains("nested deeper"));
        assert!(refusal(&format!("{}true", "!".repeat(1900))).contains("nested deeper"));
        assert!(refusal(&format!("attributes{}", ".a".repeat(990))).contains("nested deeper"));
        let long = format!("hour in [{}]", ["1"; 300].join(","));
        assert!(refusal(&long).contains("at most 100"));
        // Wide is not deep.
        assert!(compiled(&vec!["hour == 1"; 100].join(" || ")).is_ok());
    }

    #[test]
    fn ordinary_rules_compile() {
        for when in [
            "topic == \"legal\"",
            "tier in [\"gold\", \"vip\"] && hour >= 9 && hour < 17",
            "has(attributes.balance) && attributes.balance > 1000.0",
            "attributes.exists(name, name == \"vip\")",
            "message.matches(\"(?i)lawyer|sue\") || message.contains(\"GDPR\")",
            "weekday > 5 ? frustration > 0.5 : bot_failures >= 2 && customer_turns > 3",
            "size(message) > 500 && language != \"en\" && channel.startsWith(\"web\")",
        ] {
            assert!(compiled(when).is_ok(), "{when}: {}", refusal(when));
        }
    }

    #[test]
    fn hours_are_the_deployments_own() {
        // Monday 2026-01-05, 23:30 UTC is Tuesday half past eight in Tokyo.
        let now = Timestamp(1_767_655_800_000);
        assert_eq!(local_time(now, "UTC"), (23, 1));
        assert_eq!(local_time(now, "Asia/Tokyo"), (8, 2));
        assert_eq!(local_time(now, "Nowhere/Else"), (23, 1));
    }
}
