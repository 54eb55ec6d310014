// Package operating holds the commands that work on the store and the sinks by hand: collect, publish, rebuild; move,
// backup and forget; and access and token, for those who let people in.
//
// A command that writes the store needs it for itself: where serve runs on it, it is refused with who holds it. backup
// reads beside a running process. What is kept beside the store, on call and tokens, goes with it (beside.go).
//
//	jerem move --to postgres://jerem@db/jerem // all rows, also those of on-call and tokens
//	jerem forget --team K8S --sinks           // out of the store, and out of the sinks
//
// What cannot be taken back asks first, or wants a flag that says so.
package operating
