// Package news tells an instance what others did to a store in PostgreSQL: that a reading ended, that a lease changed
// hands, that a hint came. The server tells it at once (LISTEN and NOTIFY, by a connection of its own); behind that the
// tables are looked at every two seconds, for a notice may be lost with its connection, and a pooler may hand none on.
//
// Its words: an event is anything of these. The mark tells readings apart that ended: it is made of the teams' rows.
//
//	listener := news.Listen(ctx, config, pool, lease.Channel)
//	changed := listener.Changed() // before looking at what is so
//	…
//	<-changed
package news
