// Package remotewrite posts series by Prometheus' remote write, versions 1.0 and 2.0: into VictoriaMetrics with the
// whole past, into Prometheus or Mimir from now on. docs/sinks.md says how each store behaves.
//
// The words:
//
//	store     what answers at the sink's address
//	metric    a class as Prometheus names it, with labels: [MetricOf]
//	sample    a number at a millisecond; of points within one millisecond the last one counts. Texts are no samples
//	symbol    a text of a request of version 2.0, written once and named by its number
//	back-fill whether the store takes samples of any age: then it has the whole past, and a corrected series is
//	          dropped and written anew, for no sample takes the place of another one. Else it has what comes from
//	          now on
//
// The way through it: [Sink.Encode] writes samples as the protocol's messages (encode.go), in a block of snappy;
// [Sink.PushBody] sends it and reads what the store says (answer.go), [Sink.Delete] drops series at a VictoriaMetrics
// (delete.go).
//
// An example: the series jerem.jira.sprint.storypoint.done{project=K8S,sprint=Sprint 23} with 8 points done at 14:10 on
// 2 November 2026 becomes the sample 8 at 1793628600000 of
//
//	jerem_sprint_storypoints_done{sprint="Sprint 23",team="K8S"}
//
// A store that answers 400 with "out of order sample" takes no old samples: the attempt ends as publish.too_old, with
// the hint to set backfill: none for it.
package remotewrite
