//! What the help says.

use super::support::Place;

#[test]
fn the_help_lists_the_commands() {
    let place = Place::new();
    let help = place.run(&["--help"]);
    assert_eq!(help.code(), 0);
    insta::assert_snapshot!(help.stdout(), @"
    Files records into web portals that have no API, each of them once

    Usage: formhand [OPTIONS] <COMMAND>

    Commands:
      serve        Run the server
      practice     Run the practice portal
      demo         Watch records being filed into the practice portal, and compare with its ledger
      chaos        Kill, stop and cut off servers while jobs flow, and compare with the portal's ledger
      job          Hand in records and follow them
      evidence     Check what is kept of filed jobs
      intake       See the collections that records are taken from
      portal       Check portal definitions
      question     Answer what only a person can
      account      See the portals' accounts
      session      See the accounts' sessions, and bring them back
      alert        See what is the matter, and who is told of it
      webhook      See who is told what becomes of jobs, and tell it again
      node         See the servers that work together, and drain one
      store        Move what is kept to another database, or seal it
      audit        See what happened, and prove that nothing of it was changed
      migrate      Bring the store's schema up to date, as a server does at its start
      key          Make keys to seal with, and tell them apart
      secret       Keep secrets in a sealed file
      token        Make and list the tokens of the API
      config       Show the configuration
      api          Print the description of the API (OpenAPI 3.1), to make a client of
      doctor       Check that everything is there
      completions  Print a completion script for a shell
      help         Print this message or the help of the given subcommand(s)

    Options:
          --json
              Write data as JSON

          --config <FILE>
              The configuration file [default: formhand.toml of this folder, if there is one]
              
              [env: FORMHAND_CONFIG=]

          --data <DIR>
              The data folder [default: as configured]
              
              [env: FORMHAND_DATA=]

          --server <URL>
              The server to speak to [default: the one that serves the data folder]
              
              [env: FORMHAND_SERVER=]

      -h, --help
              Print help (see a summary with '-h')

      -V, --version
              Print version

    Exit codes:
       0  done
       1  the answer is no: a job failed, a record is a duplicate, a check of doctor failed
       2  the command line is wrong
       3  an input is wrong: the configuration, a portal definition, a record
       4  the server cannot be reached
       5  not found, not allowed, or refused by the job as it is now
       6  the audit is broken: something of it was changed, taken out or put in
      10  something inside failed
    ");
}

#[test]
fn the_exit_codes_are_documented() {
    let place = Place::new();
    let help = place.run(&["help", "exit-codes"]).stdout();
    let table = place.run(&["exit-codes"]).stdout();
    assert!(help.contains(table.trim()), "{help}");
    insta::assert_snapshot!(table, @"
    Exit codes:
       0  done
       1  the answer is no: a job failed, a record is a duplicate, a check of doctor failed
       2  the command line is wrong
       3  an input is wrong: the configuration, a portal definition, a record
       4  the server cannot be reached
       5  not found, not allowed, or refused by the job as it is now
       6  the audit is broken: something of it was changed, taken out or put in
      10  something inside failed
    ");
}

#[test]
fn submit_explains_itself() {
    let place = Place::new();
    insta::assert_snapshot!(place.run(&["job", "submit", "-h"]).stdout(), @"
    Hand in records: JSON, JSON Lines or CSV

    Usage: formhand job submit [OPTIONS] <FILE>

    Arguments:
      <FILE>  The records; `-` is the standard input

    Options:
          --json                   Write data as JSON
          --portal <PORTAL>        The portal of records that do not say it themselves
          --config <FILE>          The configuration file [default: formhand.toml of this folder, if
                                   there is one] [env: FORMHAND_CONFIG=]
          --flow <FLOW>            The flow of records that do not say it themselves
          --account <ACCOUNT>      The account of records that do not say it themselves
          --data <DIR>             The data folder [default: as configured] [env: FORMHAND_DATA=]
          --idempotency-key <KEY>  Makes a repeated call safe: each record of it is taken once
          --server <URL>           The server to speak to [default: the one that serves the data folder]
                                   [env: FORMHAND_SERVER=]
          --format <FORMAT>        How the records are written [default: what the file's name says]
                                   [possible values: json, jsonl, csv]
          --wait                   Follow the jobs until they have ended
      -h, --help                   Print help (see more with '--help')
    ");
}

#[test]
fn completions_are_for_this_binary() {
    let place = Place::new();
    let script = place.run(&["completions", "bash"]);
    assert_eq!(script.code(), 0);
    assert!(script.stdout().contains("formhand"));
}
