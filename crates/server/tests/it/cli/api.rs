//! `formhand api`

use super::support::Place;

#[test]
fn the_description_of_the_api_is_printed_without_a_server() {
    let place = Place::new();
    let printed = place.run(&["api"]);
    assert_eq!(printed.code(), 0);
    let document: serde_json::Value = serde_json::from_str(&printed.stdout()).unwrap();
    assert_eq!(&document, formhand_server::http::api_document());
}
