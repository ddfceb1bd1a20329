//! Going through a chain, entry by entry.

use std::collections::BTreeMap;

use super::{
    Bond, Break, Content, Deed, Digest, Fault, Head, Kept, KeptHead, Link, Numbers, Verified,
};

/// Takes the entries of a chain in their order and stops at the first that is wrong. It reads nothing and knows no store.
#[derive(Debug, Clone)]
pub struct Verifier {
    kept: Option<KeptHead>,
    found_kept: bool,
    head: Option<Head>,
    entries: u64,
    removed: u64,
    begun_at: Option<u64>,
    /// The first number that was not there. Before the chain began jobs were removed with their numbers.
    gap: Option<u64>,
    /// Entries that say nothing any more, as runs, until a removal names them.
    unexplained: BTreeMap<u64, u64>,
}

impl Verifier {
    /// One that looks also for a head that was kept elsewhere, if there is one.
    pub fn new(kept: Option<KeptHead>) -> Self {
        Self {
            kept,
            found_kept: false,
            head: None,
            entries: 0,
            removed: 0,
            begun_at: None,
            gap: None,
            unexplained: BTreeMap::new(),
        }
    }

    /// The number of the last entry that was taken; zero before the first.
    pub fn last(&self) -> u64 {
        self.head.map_or(0, |head| head.seq)
    }

    /// Takes the next entry.
    pub fn take(&mut self, link: &Link) -> Result<(), Break> {
        let seq = link.seq;
        let broken = |fault| Err(Break { seq, fault });
        let Some(bond) = link.bond else {
            return broken(Fault::Inserted);
        };
        let before = self.head.map_or(Digest::NOTHING, |head| head.link);
        let next = self.last().saturating_add(1);
        // Nothing has the number zero.
        if seq == 0 {
            return broken(Fault::Inserted);
        }
        if seq < next {
            return broken(Fault::NotLinked);
        }
        if let Kept::Whole { salt, content } = &link.kept
            && content.digest(salt) != bond.digest
        {
            return broken(Fault::Changed);
        }
        if Bond::behind(&before, seq, bond.digest) != bond {
            // What is behind a missing one does not follow either, so the missing one is the first.
            return if seq == next {
                broken(Fault::NotLinked)
            } else {
                Err(missing(next))
            };
        }
        if seq > next && self.gap.is_none() {
            self.gap = Some(next);
        }
        match &link.kept {
            Kept::Unreadable => return broken(Fault::Unreadable),
            Kept::Removed => self.leave_unexplained(seq),
            Kept::Whole { content, .. } => self.read(seq, content)?,
        }
        self.entries += 1;
        self.head = Some(bond.head(seq));
        self.compare(bond.head(seq))
    }

    /// All entries were taken.
    pub fn finish(self) -> Result<Verified, Break> {
        if let Some(gap) = self.gap {
            return Err(missing(gap));
        }
        if let Some((seq, _)) = self.unexplained.first_key_value() {
            return Err(Break {
                seq: *seq,
                fault: Fault::Emptied,
            });
        }
        if let Some(kept) = self.kept.filter(|_| !self.found_kept) {
            return Err(Break {
                seq: self.last().saturating_add(1),
                fault: Fault::CutOff { kept },
            });
        }
        Ok(Verified {
            head: self.head,
            entries: self.entries,
            removed: self.removed,
            begun_at: self.begun_at,
        })
    }

    fn read(&mut self, seq: u64, content: &Content) -> Result<(), Break> {
        match content.deed() {
            Some(Deed::BeginChain { entries }) => {
                if self.begun_at.is_some() || entries != self.entries {
                    let fault = Fault::BegunFalsely;
                    return Err(Break { seq, fault });
                }
                self.begun_at = Some(seq);
                self.gap = None;
            }
            Some(Deed::RemoveJob { entries, .. }) => self.explain(&entries),
            _ => {}
        }
        Ok(())
    }

    fn compare(&mut self, head: Head) -> Result<(), Break> {
        let Some(kept) = self.kept else { return Ok(()) };
        let is_same = kept.link == head.link;
        match kept.seq {
            None => self.found_kept |= is_same,
            Some(seq) if seq == head.seq && is_same => self.found_kept = true,
            Some(seq) if seq == head.seq => {
                let fault = Fault::Rewritten { kept };
                return Err(Break { seq, fault });
            }
            Some(_) => {}
        }
        Ok(())
    }

    fn leave_unexplained(&mut self, seq: u64) {
        self.removed += 1;
        match self.unexplained.last_entry() {
            Some(mut run) if *run.get() + 1 == seq => *run.get_mut() = seq,
            _ => {
                self.unexplained.insert(seq, seq);
            }
        }
    }

    fn explain(&mut self, numbers: &Numbers) {
        for &(first, last) in numbers.runs() {
            // The runs that end in or behind the first number and begin before the last one.
            let met: Vec<(u64, u64)> = self
                .unexplained
                .range(..=last)
                .rev()
                .map(|(from, to)| (*from, *to))
                .take_while(|(_, to)| *to >= first)
                .collect();
            for (from, to) in met {
                self.unexplained.remove(&from);
                if from < first {
                    self.unexplained.insert(from, first - 1);
                }
                if to > last {
                    self.unexplained.insert(last + 1, to);
                }
            }
        }
    }
}

fn missing(seq: u64) -> Break {
    Break {
        seq,
        fault: Fault::Missing,
    }
}
