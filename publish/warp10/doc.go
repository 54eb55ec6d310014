// Package warp10 posts series to a Warp 10 platform over HTTP, and tells what one answers in words of publish.
// docs/warp10.md says how a real one behaves; sim/warp10 plays one, held to recordings of a real one.
//
// The words:
//
//	platform  a Warp 10 server at metrics.url; it takes points at /api/v0/update, and ranges to delete at
//	          /api/v0/delete
//	tick      a moment in the platform's time unit, of which a second has 1,000, 1,000,000 or 1,000,000,000. The
//	          platform is asked for it once, before anything is posted: it takes ticks of another unit
//	          silently and wrongly
//	bad line  a line of a request that the platform cannot read. It names one and takes nothing; the series that
//	          wrote the line is rejected and the rest sent again
//	selector  a class and labels that name series to delete, the key of a series as [series.Series.Key] writes it
//
// The way through it: [Sink.Push] asks for the unit, writes the series as text in that unit, one line a point, and
// sends them compressed (push.go). client.go sends requests and tries again what may help, as the backoff library
// paces it. answer.go tells what a refusal means, by its status and by the few sentences that platforms are known to
// answer, as a problem with its remedy. probe.go tries a platform for `jerem check`, clear.go drops whole series for
// `jerem publish --replace`.
//
// An example: the series jerem.jira.sprint.storypoint.done{project=K8S,sprint=Sprint 23} with 8 points done at 14:10 on
// 2 November 2026 becomes
//
//	1793628600000000// jerem.jira.sprint.storypoint.done{project=K8S,sprint=Sprint%2023} 8.0
//
// and an empty answer of status 200 says that it was taken. A 403 with "Token Expired." becomes the problem
// publish.token with the hint to set metrics.token to a new one; it is not tried again.
package warp10
