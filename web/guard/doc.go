// Package guard stands before every address of the server: it sets the headers that no answer lacks, and refuses what
// is not to be answered.
//
// Refused are requests to a host that is not this server's (so that a page from elsewhere cannot read it by a name that
// was made to lead here), methods but GET and HEAD, addresses and bodies without end, and queries that cannot be read.
// Beyond 256 requests at once a viewer is told to come again. Who asks for /healthz is always answered.
//
// An example: a request with "Host: evil.example" is answered 421 with the setting that would allow it; the handlers
// behind the guard never see it.
package guard
