//! The page of a job, taken over by a person.

use super::{
    super::{
        super::take_over::{TakeOverView, act::Wanted, ask::Nothing, end::End},
        operation::{Content, Operation},
    },
    example, job,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/jobs/{id}/take-over", "showTakeOver", "See who has the page of a job")
            .with(job())
            .gives::<TakeOverView>("How it stands.", example!("take-over.json"))
            .refuses(404, &["job_not_found"]),
        Operation::post("/api/jobs/{id}/take-over", "takeOver", "Ask for the page of a job")
            .text(
                "The steps halt at the next safe place between two of them; nothing can be submitted until the page is handed back. \
                 Only the server whose browser shows it can give it.",
            )
            .with(job())
            .takes::<Nothing>("Nothing.", "{}")
            .answers(202, "It was asked for.", vec![Content::json::<TakeOverView>(example!("take-over.json"))])
            .refuses(404, &["job_not_found"])
            .refuses(409, &["not_at_work", "taken_over", "too_late", "works_elsewhere"]),
        Operation::post("/api/jobs/{id}/take-over/act", "actInPage", "Click, type or scroll in the page")
            .text("As whoever has it. What is typed is written nowhere. A request that would file the form is refused.")
            .with(job())
            .needs::<Wanted>("What is done.", example!("page-act.json"))
            .gives::<TakeOverView>("How it stands, once the page has taken it.", example!("take-over.json"))
            .refuses(400, &["bad_act"])
            .refuses(404, &["job_not_found"])
            .refuses(409, CODES),
        Operation::post("/api/jobs/{id}/take-over/end", "handBack", "Hand the page back")
            .text("The steps go on, or the one that failed is tried again, or the attempt is given up.")
            .with(job())
            .needs::<End>("What follows.", example!("take-over-end.json"))
            .gives::<TakeOverView>("How it stands.", example!("take-over-free.json"))
            .refuses(404, &["job_not_found"])
            .refuses(409, CODES),
    ]
}

const CODES: &[&str] = &[
    "not_at_work",
    "not_done",
    "not_taken_over",
    "nothing_failed",
    "step_failed",
    "taken_over",
    "too_late",
    "works_elsewhere",
];
