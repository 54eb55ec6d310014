// Package calloutlink is the page that a link in a message opens: a person answers for a call-out without logging in.
//
// Opening it changes nothing, however often. It shows a button for each answer, none of them preset, and runs no
// script. Only the POST of a button acts, and where its person is not logged in it wants the two digits that stand in
// the message: scanners open links, submit forms and press buttons, but type nothing. What is no two digits is not
// counted; three wrong ones close the link and its person is told.
//
// What a link is, its person, its end and its digits, is oncall/link's; what an answer does is oncall/roster's. Here
// stands who may give one. Wrong answers are counted in the store, under the hash of the link, so that a new start
// opens none again; addresses that try links which are none, or digits, are slowed down as at a login
// (access/attempts).
//
// An example: GET /oncall/answer/TOKEN shows the page, and POST with answer=useful&digits=42 keeps the verdict. A link
// that has expired or was closed is answered 410 with the code oncall.link_closed, one that was never sent 404.
package calloutlink
