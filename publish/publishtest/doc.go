// Package publishtest is the suite that every sink has to pass, whatever it can, and starts the real servers that sinks
// are tried with. Nothing but tests imports it.
//
// The words:
//
//	subject     a sink with a way to read what stands there
//	capability  what a sink says it can, see publish.Capabilities; each test asks for what follows from it
//	server      a VictoriaMetrics or a Prometheus on a free port of loopback, with its data in a temporary directory
//
// [Contract] runs the suite. [VictoriaMetrics] and [Prometheus] start a server, and skip the test, told, where its
// program is missing; in CI (CI=true) they fail. publish/remotewrite/servers.sh installs the programs.
//
// An example: a store that says it takes old points is given one of a year before after one of now, and both have to
// stand; one that says it does not has to refuse it as publish.too_old, with a hint, and keep what it had.
package publishtest
