// Package guard stands before every address of the server: it sets the headers that no answer lacks, and refuses what
// is not to be answered.
//
// A host is answered where it is loopback or one of [Hosts]: the address that people use, that which is listened on,
// and those of server.hosts. A page from elsewhere cannot read this server by a name that was made to lead here.
// Refused are also methods but GET and HEAD where nothing may be written, an address beyond 8 KiB, a body beyond
// 64 KiB where none larger was allowed, and a query that cannot be read. What is refused is a problem of its own code,
// told as a page or as JSON by whoever the guard was given.
//
// Beyond [RequestsAtOnce] requests at once a viewer is told to come again. Who asks for /healthz is always answered,
// before any of this; /readyz and /assets/ answer to any name, and /readyz tells less there. A handler that fails by a
// fault of the program is answered for here, so that one page takes no other one with it.
//
// An example: a request with "Host: evil.example" is answered 421 with the setting that would allow it,
// server.hosts: [evil.example]; the handlers behind the guard never see it.
package guard
