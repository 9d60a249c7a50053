//! How loudly something is said, beside its words: capitals, rows of marks, faces. Folding takes these away, so they
//! are read from the text as it was written.

/// What loudness there is.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)] // Each is seen or not, whatever the others.
pub(super) struct Loud {
    /// Two words or more in capitals, and most of the letters.
    pub(super) shouted: bool,
    /// The longest row of exclamation and question marks.
    pub(super) marks: usize,
    pub(super) angry_face: bool,
    pub(super) kind_face: bool,
    pub(super) ellipsis: bool,
}

const ANGRY: [char; 9] = ['😡', '🤬', '😠', '😤', '👿', '🖕', '🙄', '😒', '👎'];
const KIND: [char; 12] = ['😊', '🙂', '😀', '😄', '😍', '❤', '🙏', '👍', '😂', '🤣', '😁', '🥰'];

impl Loud {
    pub(super) fn of(text: &str) -> Self {
        let (mut upper, mut letters, mut words) = (0_usize, 0_usize, 0_usize);
        for word in text.split(|character: char| !character.is_alphabetic()) {
            let (large, all) = word.chars().fold((0, 0), |(large, all), letter| {
                (
                    large + usize::from(letter.is_uppercase()),
                    all + usize::from(letter.is_uppercase() || letter.is_lowercase()),
                )
            });
            upper += large;
            letters += all;
            words += usize::from(all >= 3 && large == all);
        }
        let (mut row, mut marks) = (0, 0);
        for character in text.chars() {
            row = if matches!(character, '!' | '?' | '！' | '？') { row + 1 } else { 0 };
            marks = marks.max(row);
        }
        Self {
            shouted: words >= 2 && letters >= 8 && upper * 10 >= letters * 7,
            marks,
            angry_face: text.contains(ANGRY),
            kind_face: text.contains(KIND),
            ellipsis: text.contains("...") || text.contains('…'),
        }
    }

    /// As features beside those of the words; the numbers belong to the features' version.
    pub(super) fn features(self, text: &str) -> impl Iterator<Item = u32> {
        let one = text.matches(['!', '！']).count();
        let facts = [
            (1, self.shouted),
            (2, self.marks >= 2),
            (3, self.marks >= 3),
            (4, self.angry_face),
            (5, self.kind_face),
            (6, self.ellipsis),
            (7, one == 1),
            (8, text.contains("?!") || text.contains("!?")),
            (9, text.contains(['?', '？', '؟'])),
        ];
        facts.into_iter().filter(|(_, holds)| *holds).map(|(number, _): (u32, bool)| {
            let mixed = (number ^ 0x6d6f_6f64).wrapping_mul(0x9e37_79b1);
            mixed ^ mixed >> 15
        })
    }
}
