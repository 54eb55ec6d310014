// Package oncall answers programs about on-call, below /api/v1/oncall/: who is on duty, changes by consent, absences,
// call-outs, alerts, load, statements, warnings. docs/oncall.md is its contract.
//
// Routes lists every address with its [Audience], who may use it at all. Whose things somebody may touch is decided in
// oncall/roster, and what of a row they see here: to others a call-out has no person and no time, as a time beside a
// public rota names one. Answers depend on who asks and on the clock, so none is kept or shared.
//
// The way of a question, POST /api/v1/oncall/changes/7/accept by ben:
//
//  1. web tells who asks (rules.Visitor) and calls ServeVisitor; his login has the handle ben.
//  2. A page of another server may not send it; the route is for Deciders, and ben has a handle.
//  3. answerChange reads the body, which is to be empty, and has roster.Answer decide within a transaction.
//  4. The change, now accepted, is the answer; a refusal becomes a problem of 400, 403, 404 or 409.
//
// The audiences: everybody of on-call, and whoever may look where nobody logs in; deciders, a login with a handle or an
// operator; earners, a login with a handle or pay; treasurers, pay alone.
package oncall
