//! Questions.

use formhand_domain::QuestionId;

use super::{
    super::{
        super::{answer_question::Answer, list_questions::Questions},
        operation::{Content, Operation},
        parameter::{Parameter, path},
    },
    example,
};

pub(super) fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/questions", "listQuestions", "List open questions")
            .gives::<Questions>("The questions.", example!("questions.json")),
        Operation::get(
            "/api/questions/{id}/picture",
            "seeQuestion",
            "Get the picture of a question",
        )
        .with(question())
        .answers(200, "The picture.", vec![Content::bytes("image/png")])
        .refuses(404, &["picture_not_found", "question_not_found"]),
        Operation::post(
            "/api/questions/{id}/answer",
            "answerQuestion",
            "Answer a question",
        )
        .text("The first answer counts.")
        .with(question())
        .needs::<Answer>("The answer.", example!("answer.json"))
        .done("It is answered.")
        .refuses(404, &["question_not_found"])
        .refuses(409, &["question_closed"]),
    ]
}

fn question() -> Parameter {
    path::<QuestionId>("id", "The question.")
}
