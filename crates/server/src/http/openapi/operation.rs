//! What the description says of one route. Who may take it comes from the table of routes, and what every route may
//! answer from [`problems`](super::problems).

use axum::http::Method;
use schemars::{JsonSchema, SchemaGenerator};

use super::{
    parameter::{Parameter, Place},
    schemas::SchemaOf,
};

/// One operation.
pub(super) struct Operation {
    pub(super) method: Method,
    pub(super) path: &'static str,
    /// Its name in clients.
    pub(super) id: &'static str,
    /// What it does, in a few words.
    pub(super) summary: &'static str,
    /// What else is to know.
    pub(super) text: &'static str,
    pub(super) parameters: Vec<Parameter>,
    pub(super) body: Option<Body>,
    pub(super) answers: Vec<Answer>,
    pub(super) refusals: Vec<(u16, &'static [&'static str])>,
    /// It ends when the client has enough.
    pub(super) is_endless: bool,
    /// It asks neither the store nor anything else that can fail.
    pub(super) is_still: bool,
    /// It looks at no query at all.
    pub(super) is_lenient: bool,
}

/// What is sent with it.
pub(super) struct Body {
    pub(super) text: &'static str,
    pub(super) is_required: bool,
    pub(super) contents: Vec<Content>,
}

/// What it answers when it works.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) text: &'static str,
    pub(super) contents: Vec<Content>,
    pub(super) headers: Vec<(&'static str, &'static str)>,
}

/// One way to write a body.
pub(super) struct Content {
    pub(super) media_type: &'static str,
    pub(super) shape: Shape,
    pub(super) example: Option<&'static str>,
}

/// What is in it.
pub(super) enum Shape {
    /// A value of this type.
    One(SchemaOf),
    /// A value of this type, or a list of them.
    OneOrMany(SchemaOf),
    /// A value of one of these types.
    AnyOf(Vec<SchemaOf>),
    /// Text that is no JSON.
    Text,
    /// Bytes.
    Bytes,
    /// Events, by their names.
    Events(Vec<(&'static str, SchemaOf, &'static str)>),
}

impl Operation {
    fn new(method: Method, path: &'static str, id: &'static str, summary: &'static str) -> Self {
        Self {
            method,
            path,
            id,
            summary,
            text: "",
            parameters: Vec::new(),
            body: None,
            answers: Vec::new(),
            refusals: Vec::new(),
            is_endless: false,
            is_still: false,
            is_lenient: false,
        }
    }

    pub(super) fn get(path: &'static str, id: &'static str, summary: &'static str) -> Self {
        Self::new(Method::GET, path, id, summary)
    }

    pub(super) fn post(path: &'static str, id: &'static str, summary: &'static str) -> Self {
        Self::new(Method::POST, path, id, summary)
    }

    pub(super) fn delete(path: &'static str, id: &'static str, summary: &'static str) -> Self {
        Self::new(Method::DELETE, path, id, summary)
    }

    pub(super) fn text(mut self, text: &'static str) -> Self {
        self.text = text;
        self
    }

    pub(super) fn with(mut self, parameter: Parameter) -> Self {
        self.parameters.push(parameter);
        self
    }

    /// It takes JSON of this type, which may be left out if all of it may.
    pub(super) fn takes<T: JsonSchema>(self, text: &'static str, example: &'static str) -> Self {
        let content = Content::json::<T>(example);
        self.takes_one_of(text, false, vec![content])
    }

    /// The same, and it must be there.
    pub(super) fn needs<T: JsonSchema>(self, text: &'static str, example: &'static str) -> Self {
        let content = Content::json::<T>(example);
        self.takes_one_of(text, true, vec![content])
    }

    pub(super) fn takes_one_of(
        mut self,
        text: &'static str,
        is_required: bool,
        contents: Vec<Content>,
    ) -> Self {
        self.body = Some(Body {
            text,
            is_required,
            contents,
        });
        self
    }

    /// It answers JSON of this type with 200.
    pub(super) fn gives<T: JsonSchema>(self, text: &'static str, example: &'static str) -> Self {
        self.answers(200, text, vec![Content::json::<T>(example)])
    }

    /// It answers that it is done, and no more.
    pub(super) fn done(self, text: &'static str) -> Self {
        self.answers(204, text, Vec::new())
    }

    pub(super) fn answers(
        mut self,
        status: u16,
        text: &'static str,
        contents: Vec<Content>,
    ) -> Self {
        self.answers.push(Answer {
            status,
            text,
            contents,
            headers: Vec::new(),
        });
        self
    }

    /// A header of the answer that was told last.
    pub(super) fn header(mut self, name: &'static str, text: &'static str) -> Self {
        if let Some(answer) = self.answers.last_mut() {
            answer.headers.push((name, text));
        }
        self
    }

    /// What it may be refused for, by the problem's codes, beside what holds for all.
    pub(super) fn refuses(mut self, status: u16, codes: &'static [&'static str]) -> Self {
        self.refusals.push((status, codes));
        self
    }

    pub(super) fn endless(mut self) -> Self {
        self.is_endless = true;
        self
    }

    pub(super) fn still(mut self) -> Self {
        self.is_still = true;
        self
    }

    pub(super) fn lenient(mut self) -> Self {
        self.is_lenient = true;
        self
    }

    pub(super) fn has(&self, place: Place) -> bool {
        self.parameters
            .iter()
            .any(|parameter| parameter.place == place)
    }
}

impl Content {
    pub(super) fn json<T: JsonSchema>(example: &'static str) -> Self {
        let shape = Shape::One(SchemaGenerator::subschema_for::<T>);
        Self::of("application/json", shape, Some(example))
    }

    pub(super) fn bytes(media_type: &'static str) -> Self {
        Self::of(media_type, Shape::Bytes, None)
    }

    pub(super) fn text(media_type: &'static str, example: Option<&'static str>) -> Self {
        Self::of(media_type, Shape::Text, example)
    }

    pub(super) fn of(
        media_type: &'static str,
        shape: Shape,
        example: Option<&'static str>,
    ) -> Self {
        Self {
            media_type,
            shape,
            example,
        }
    }
}
