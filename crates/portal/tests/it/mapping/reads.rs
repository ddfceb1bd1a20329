//! Which places of a document a mapping reads.

use super::support::good;

const MAPPING: &str = "formhand: 1
portal: small
flow: policy
account: {from: branch.code}
caller_id: number
when:
  - {path: status, is: ready}
updates: [status]
record:
  name: customer.name
  home: {from: address, record: {city: town}}
  work: {record: {city: office.town}}
  nominees: {each: family, record: {name: full_name}}
  kind: {value: formhand}
";

#[test]
fn a_place_is_read_if_something_within_it_or_around_it_is() {
    let mapping = good(MAPPING);
    let read = [
        "status",
        "status.formhand",
        "number",
        "branch",
        "customer",
        "customer.name.first",
        "address",
        "address.town",
        "office.town",
        "family",
        "family.0.formhand",
    ];
    for place in read {
        assert!(mapping.reads(place), "{place}");
    }
    for place in [
        "formhand",
        "formhand.status",
        "customer.formhand",
        "address.city",
        "statuses",
        "kind",
    ] {
        assert!(!mapping.reads(place), "{place}");
    }
    let account = mapping.account_path().map(ToString::to_string);
    assert_eq!(account.as_deref(), Some("branch.code"));
}
