//! Traces, as a collector gets them: from the request to the call of the browser, and without a value of a record.

use std::collections::BTreeMap;

use axum::{Router, body::Bytes, extract::State, routing::post};
use formhand_domain::hex;
use formhand_practice::{FaultName, Step};
use formhand_testkit::{Customer, chassis};
use opentelemetry_proto::tonic::{
    collector::trace::v1::ExportTraceServiceRequest, common::v1::any_value::Value, trace::v1::Span,
};
use prost::Message as _;
use serde_json::Value as Json;
use tokio::{net::TcpListener, sync::watch};

use crate::crash::support::{Scene, SceneOptions, at, traceparent};

/// What was sent, as it came.
type Sent = watch::Sender<Vec<Bytes>>;

/// A collector, and where it is.
async fn collector() -> (String, Sent) {
    let sent = Sent::default();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let take = async |State(sent): State<Sent>, body: Bytes| {
        sent.send_modify(|bodies| bodies.push(body));
    };
    let router = Router::new()
        .route("/v1/traces", post(take))
        .with_state(sent.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, sent)
}

fn spans(bodies: &[Bytes]) -> Vec<Span> {
    let requests = bodies
        .iter()
        .map(|body| ExportTraceServiceRequest::decode(body.clone()).unwrap());
    requests
        .flat_map(|request| request.resource_spans)
        .flat_map(|resource| resource.scope_spans)
        .flat_map(|scope| scope.spans)
        .collect()
}

fn attribute(span: &Span, key: &str) -> Option<String> {
    let found = span.attributes.iter().find(|pair| pair.key == key)?;
    match found.value.clone()?.value? {
        Value::StringValue(text) => Some(text),
        Value::IntValue(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The names of a span and of those that it belongs to, from the outermost on.
fn path(span: &Span, all: &BTreeMap<Vec<u8>, &Span>) -> Vec<String> {
    let above = all.get(&span.parent_span_id);
    let mut path = above.map_or_else(Vec::new, |parent| path(parent, all));
    path.push(span.name.clone());
    path
}

fn values(record: &Json) -> Vec<String> {
    let fields = [
        "firstName",
        "lastName",
        "email",
        "mobile",
        "engineNumber",
        "areaAndLocality",
    ];
    let texts = fields.iter().filter_map(|field| record[field].as_str());
    texts.map(ToOwned::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_is_traced_from_the_request_to_the_call_of_the_browser_and_no_value_is_told() {
    let (address, sent) = collector().await;
    let scene = Scene::new(SceneOptions {
        faults: vec![at(Step::Coverage, FaultName::ServerError, 2)],
        collector: Some(address),
        ..SceneOptions::default()
    })
    .await;
    let server = scene.serve().await;
    let filed = server.submit(1).await;
    let tried_twice = server.submit(2).await;
    server.end_of(&filed).await;
    server.end_of(&tried_twice).await;
    assert_eq!(server.stop().await, Some(0));

    let bodies = sent.borrow().clone();
    let spans = spans(&bodies);
    let all: BTreeMap<Vec<u8>, &Span> = spans
        .iter()
        .map(|span| (span.span_id.clone(), span))
        .collect();
    let of = |name: &str, job: &str| {
        let found = spans
            .iter()
            .find(|span| span.name == name && attribute(span, "job").as_deref() == Some(job));
        found.unwrap_or_else(|| panic!("no {name} of {job} among {} spans", spans.len()))
    };
    assert_eq!(
        path(of("submit", &filed), &all),
        ["POST /api/jobs", "submit"]
    );
    let attempt = of("attempt", &filed);
    // The request goes on with the trace of its caller.
    let request = all[&of("submit", &filed).parent_span_id];
    let caller = [&request.trace_id, &request.parent_span_id].map(|id| hex(id));
    assert_eq!(format!("00-{}-{}-01", caller[0], caller[1]), traceparent(1));
    assert_eq!(attribute(attempt, "status").as_deref(), Some("completed"));
    assert_eq!(attribute(attempt, "outcome").as_deref(), Some("submitted"));
    let tries = spans.iter().filter(|span| {
        span.name == "attempt" && attribute(span, "job").as_deref() == Some(&tried_twice)
    });
    let mut codes: Vec<Option<String>> = tries.map(|span| attribute(span, "code")).collect();
    codes.sort();
    assert_eq!(codes, [None, Some("portal_fault".to_owned())]);
    // A step that acts on the page, below the attempt, with the calls that it made below it.
    let in_trace = spans
        .iter()
        .filter(|span| span.trace_id == attempt.trace_id);
    let paths: Vec<Vec<String>> = in_trace.map(|span| path(span, &all)).collect();
    let calls = |path: &&Vec<String>| path.len() > 2 && path[0] == "attempt";
    let deepest: Vec<&Vec<String>> = paths.iter().filter(calls).collect();
    assert!(
        deepest.iter().any(|path| path
            .last()
            .is_some_and(|name| name == "Runtime.callFunctionOn")),
        "{paths:?}"
    );

    let mut secrets = values(&Customer::number(1).record());
    secrets.extend(values(&Customer::number(2).record()));
    secrets.extend([chassis(1), chassis(2), "not-a-real-password".into()]);
    let text: String = bodies
        .iter()
        .map(|body| String::from_utf8_lossy(body))
        .collect();
    for secret in secrets {
        assert!(!text.contains(&secret), "{secret} is in a trace");
    }
}
