// Package web serves the pages and the JSON API. It reads the store and never calls Jira: a page shows what is known,
// and says since when. docs/api.md is the contract of the API.
//
// This room is the server: every address on one screen (routes.go), what people write for an address (addresses.go),
// the parameters that each reads (parameters.go), and how pages, tables, drawings, JSON and problems are written.
// Before it stands guard, beside it answers (what was answered before, one computation for one question, sending) and
// health (/readyz, /healthz, /metrics). What is shown stands in wings, each a room: sprint, roadmap, portfolio, flow
// and issue, and api for programs. A wing never imports another wing. What they share stands below: format (how figures
// are written), frame (what a page is made of), drawer (what opens a figure), source (who answers for a team).
//
// The way of a question, GET /teams/Kubernetes/sprints/23?at=2026-11-18:
//
//  1. guard sets the headers that no answer lacks, and refuses other methods, hosts that are not this server's,
//     addresses without end; beyond 256 requests at once it says so.
//  2. plainAddresses leads what people write (a slash at the end, a name in another case) to the one address.
//  3. withKeptAnswers refuses parameters that the address does not read; answers asks the version of all answers: the
//     last cycle that ended, the version of the store, the troubles that are known. Who has the answer of this version
//     is told so (304); who asks what was asked before gets what was answered.
//  4. Else the question is computed, once for all who ask it meanwhile, four at a time, for two minutes at most.
//  5. pageHandler calls the wing. It describes a frame.View: a page, a table or a drawing; or it returns an error,
//     which becomes a Problem: a page for people, JSON for programs.
//  6. writePage executes the template, answers packs it once and sends it piece by piece.
//
// The answer carries Jerem-At, the moment that it shows; the next question for the same gives the same bytes until a
// cycle ends.
package web
