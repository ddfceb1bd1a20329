//! A PDF of one page of text, as small as it can be.

use std::fmt::Write as _;

/// A PDF that shows these lines.
pub(crate) fn pdf(lines: &[String]) -> Vec<u8> {
    let mut text = String::from("BT /F1 12 Tf 72 770 Td 18 TL\n");
    for line in lines {
        let _ = writeln!(text, "({}) Tj T*", literal(line));
    }
    text.push_str("ET\n");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{text}endstream", text.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = String::from("%PDF-1.4\n");
    let mut table = String::from("0000000000 65535 f \n");
    for (index, object) in objects.iter().enumerate() {
        let _ = writeln!(table, "{:010} 00000 n ", file.len());
        let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    let count = objects.len() + 1;
    let start = file.len();
    let _ = write!(
        file,
        "xref\n0 {count}\n{table}trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    );
    file.into_bytes()
}

/// The letters that the built-in font has for certain; the file stays ASCII, so that its table counts bytes.
fn literal(line: &str) -> String {
    let mut safe = String::new();
    for letter in line.chars() {
        match letter {
            '(' | ')' | '\\' => safe.extend(['\\', letter]),
            ' '..='~' => safe.push(letter),
            _ => safe.push('?'),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_table_leads_to_its_objects() {
        let file = String::from_utf8(pdf(&["Asha (Invented) \\ ü".to_owned()])).unwrap();
        assert!(file.starts_with("%PDF-1.4\n") && file.ends_with("%%EOF\n"));
        assert!(file.contains("(Asha \\(Invented\\) \\\\ ?) Tj"), "{file}");
        let (_, table) = file.split_once("xref\n0 6\n").unwrap();
        for (number, line) in table.lines().skip(1).take(5).enumerate() {
            let at: usize = line.split(' ').next().unwrap().parse().unwrap();
            assert!(
                file[at..].starts_with(&format!("{} 0 obj", number + 1)),
                "{line}"
            );
        }
        let (before, start) = file.rsplit_once("startxref\n").unwrap();
        let start: usize = start.lines().next().unwrap().parse().unwrap();
        assert!(before[start..].starts_with("xref"));
    }
}
