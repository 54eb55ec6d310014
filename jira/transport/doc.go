// Package transport sends one question to a Jira and reads its answer: with the login, no faster than the rate, again
// while patience lasts, within bounds, and without telling a secret. It knows no issue and no board.
//
// Its words:
//
//   - A question is a request that may be repeated: all our requests read, POST requests too. Its place is the path
//     that names it in errors; [API] in it stands for the version of the interface that the dialect has.
//   - A [Dialect] is which of the two kinds of Jira answers. It is asked once.
//   - A bound is what an answer must not exceed: bytes after unpacking, elements, depth, the length of a text. It is
//     counted while the answer comes, so that no small packed answer fills the memory.
//   - The scrubber takes our own credentials out of errors, logs and data, in every form in which they may be quoted.
//   - [Pages] is a way through a list that comes in pages, and ends where a real list would have ended long ago.
//   - What goes wrong is a problem with a code ([Unauthorized], [Limited] …), the place, and the remedy.
//
// The way through it, for c.Get(ctx, API+"/myself", nil, &account) to a Data Center that limits the rate:
//
//	ask        API becomes /rest/api/2; the question is sent up to 5 times
//	sender     waits for the rate, signs, sends; a redirect on the same host is followed with method and body
//	429        the answer asks to wait for 3 s: leastWait; the log tells it; sleep; sent again
//	200        readAnswer counts the bytes as they come; the scrubber takes secrets out; JSON is read into account
package transport
