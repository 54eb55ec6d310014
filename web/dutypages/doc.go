// Package dutypages is the wing of on-call's pages: who is on duty, one rota, a person's own duties and requests,
// statements, what alert rules are worth, and the calendar that other programs subscribe to.
//
// Its words: a calendar's secret opens the duties of one person to whoever has it; it is shown once, as it is made, and
// kept as a hash. A person's own page is of the handle that their login has. Whose things somebody may touch is decided
// in oncall/roster, as for the API; pages are forms over the same decisions, and need no script.
//
// The pages depend on who asks and on the clock, so none is kept or shared. People stand here by their handles: this
// wing reads no figure, and no other wing reads it.
//
// An example, ben who accepts to cover ada:
//
//  1. He opens /oncall/me. web tells who he is, and ServeVisitor finds the change that asks him.
//  2. The button posts answer=accept to /oncall/me/changes/7. A page of another server may not send it.
//  3. roster.Answer decides within a transaction; what it refuses is told as a page with its remedy.
//  4. He is led back to /oncall/me, which says that it was accepted.
package dutypages
