const TEXT = `./run <command>

  demo [...]           phones, a switch, the product and a portal, all on this machine; --recorded: a day of captured calls
  test [kind] [...]    runs the tests; kind: --unit, --int, --e2e (default: all three)
                       --queue postgres|redis|both   the queue's backend (default: postgres)
                       anything else goes to jest: ./run test --unit libs/calls --watch
  scenarios [FILE...] [...]   plays SIP scenarios with phones, a switch, gateway, worker and a portal; --target freeswitch
                       for a real switch, --html FILE for a page of what was seen; ./run scenarios --help tells more
  load [...]           calls at a steady rate, every one held against the portal: --cps 10 --duration 60 --mix inbound=70,outbound=20,
                       queue=10; by sipp if it is installed; ./run load --help tells more
  check                prettier, eslint, types, dependency directions, generated files
  bench [name]         runs the benchmarks of test/bench, or those whose name contains the word
  replay PATH... [--json]   follows recorded event streams and tells what the portal would have seen; needs no database
  portal [...]         a fake Bitrix24 portal on a port of this machine, with a page and a control API; ./run portal --help
  call --user 1001 --to +7...   one call by hand, as a click would make it: the employee first, then the number
  phone NUMBER [--server HOST:PORT] [...]   a test phone in this terminal, for any SIP server; "phone" alone tells more
  portals [...]        looks after the Bitrix24 portals of a deployment: add, list, lines, repair ...; ./run portals tells
  doctor [...]         looks whether everything the connector needs is there, with the cure where it is not
                       both read the settings of a deployment from the environment, or from --env-file PATH
  infra [--queue redis] -- <command>   runs a command with DATABASE_URL and QUEUE_URL of throw-away servers
  build                compiles to dist/ (the others do it by themselves)
  generate             writes the files that are made from the code (./run check compares them)
  down                 stops what earlier runs have left
  help                 this page

It installs the node modules and builds when needed. Postgres comes from npm; nothing is installed on the machine.
DATABASE_URL and QUEUE_URL, when set, are used instead. Its own messages go to stderr.
`;

/** Prints what there is. After an unknown command (`asked`) it is an error: exit code 2. */
export function command(_args, asked) {
  if (asked === undefined) {
    process.stdout.write(TEXT);
    return 0;
  }
  process.stderr.write(`There is no command "${asked}".\n\n${TEXT}`);
  return 2;
}
