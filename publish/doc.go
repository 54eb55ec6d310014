// Package publish knows what a sink is, and delivers any number of points to one. A sink knows points, not sprints:
// what is posted, and from where on, is the business of package posting.
//
// The words:
//
//	sink      a database of series: [Sink] takes points and deletes stretches; a [Clearer] drops whole series besides.
//	          Each kind has a room of its own, as publish/warp10 has
//	delivery  a [Delivery] posts what it is given in requests of a size that the sink takes, and remembers what it
//	          learnt
//	bound     an age beyond which a sink takes no points, or a distance ahead; it moves on with the clock
//	body      what one request holds; an [Encoder] can write it ahead, and [Bodies] share it among sinks that take the
//	          same
//	outcome   what was taken, what was rejected for good, what was left out because it lies beyond a bound
//
// Whatever goes wrong is a problem of one of the codes in publish.go: by it a caller decides whether it is worth trying
// again. A [*Rejected] says that all but some series were taken, an [*OutOfRange] that one point lies beyond a bound.
//
// An example: 120,000 points of 900 series are to be posted to a sink behind a proxy that takes bodies of a megabyte.
// [Delivery.Post] sorts the series by their number of points, for under a quota a small one should not wait for a
// large one, and cuts requests of 50,000 points. The first is answered with 413: its cause is [ErrTooMuch], so it is
// halved, and halved again, until 12,500 points are taken; later requests are of that size. The caller is told of each
// request that was taken, and notes it: a stop at any moment loses nothing. A point of the year before is answered
// with an [*OutOfRange]: the bound is sought with single points, to within an hour, and what lies beyond is left out
// and counted.
package publish
