// Package calloutlink is the page that a link in a message opens: a person answers for a call-out without logging in.
//
// Opening it changes nothing, however often. It shows a button for each answer, none of them preset, and runs no
// script. Only the POST of a button acts, and where its person is not logged in it wants the two digits that stand in
// the message: scanners open links, submit forms and press buttons, but type nothing. What is no two digits is not
// counted; three wrong ones close the link and its person is told.
//
// An example: GET /oncall/answer/TOKEN shows the page, and POST with answer=useful&digits=42 keeps the verdict.
package calloutlink
