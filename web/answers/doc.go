// Package answers computes each question once for all who ask it, and gives what was answered again as long as its
// version stands.
//
// The words:
//
//	question     the address of a request with its parameters in order: what is asked, however it is written
//	version      of what answers rest on: while it stands, the same question has the same answer
//	answer       status, headers and body of a response; or, for a long one, the values it is written from
//	computation  one question that is being answered: it ends with the last viewer who waits for it
//
// An example: fifty people open the page of a team after a cycle. The first request begins a computation, the others
// wait for it; the page is rendered once, packed once, sent fifty times and kept. Who asks with the tag of an answer
// that stands is told so (304).
//
// Four questions are computed at a time; 64 wait for at most ten seconds, and who comes then is told to come again.
// What is kept has 32 MiB at most, no answer more than 8 MiB, and a new version forgets all of it. A computation
// outlives the viewer who began it while another one waits for it.
package answers
