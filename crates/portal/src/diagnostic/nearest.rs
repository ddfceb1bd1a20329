//! The name that somebody may have meant.

/// Two words are near if they share this much; below it a suggestion confuses more than it helps.
const NEAR: f64 = 0.75;

/// Shorter names are not guessed at.
const SHORTEST: usize = 3;

/// The valid name that is nearest to a misspelt one, if any is near.
pub(crate) fn nearest<'a>(name: &str, valid: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(name);
    // Of shorter words everything is near to everything.
    if folded.chars().count() < SHORTEST {
        return None;
    }
    valid
        .map(|candidate| {
            let other = fold(candidate);
            let score = if other == folded {
                1.0
            } else {
                strsim::normalized_damerau_levenshtein(&folded, &other)
                    .max(strsim::jaro_winkler(&folded, &other) - 0.1)
            };
            (score, candidate)
        })
        .filter(|(score, _)| *score >= NEAR)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// `did you mean …?`, or the names that there are.
pub(crate) fn suggest<'a>(name: &str, valid: impl Iterator<Item = &'a str> + Clone) -> String {
    match nearest(name, valid.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => list_names(valid),
    }
}

/// How many names a help line lists: all actions of a step, with room.
const LISTED: usize = 30;

/// `valid: a, b, c`
pub(crate) fn list_names<'a>(valid: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = valid.collect();
    match names.len() {
        0 => "there are none yet".to_owned(),
        count if count > LISTED => {
            format!(
                "valid: {} and {} more",
                names[..LISTED].join(", "),
                count - LISTED
            )
        }
        _ => format!("valid: {}", names.join(", ")),
    }
}

/// Case, spaces and hyphens are the usual slips.
fn fold(name: &str) -> String {
    name.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
