// Package memlimit bounds what garbage may take beside what lives.
//
// Go collects garbage when the heap has grown to twice what lives: a program that keeps 400 MiB of histories takes 800.
// [Follow] sets a soft limit, as GOMEMLIMIT does, and moves it with what lives: [Least], or a fifth more than what
// lives where that is more. Below half of the least nothing differs from Go's own rule; above it garbage is collected
// more often, for the memory that it would take. The limit is one of Go's runtime: what lives is never refused, and
// pages of the program itself, some 30 MiB, come on top. [Once] does the same for a command that ends by itself, from
// less on and a little further above what lives; below its least garbage may be four times what lives.
//
// A server that begins with loading what it shows leaves more garbage until it settles: what is loaded lives, so
// that to collect at 4, 8, 16, 32 and 64 MiB finds next to nothing. The limit alone has it collected then.
//
// Who sets GOGC or GOMEMLIMIT decides: then nothing is done.
//
//	settle, stop := memlimit.Follow() // a server
//	defer memlimit.Once(30)() // a command that ends by itself
//
// An example: of a team of 100,000 issues 330 MiB live. The limit is 512 MiB, of which the runtime takes some 60 beside
// what lives, so that up to 120 MiB of garbage are left before the next collection; when 450 live, it is 556.
package memlimit
