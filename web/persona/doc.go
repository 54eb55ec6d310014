// Package persona lets a visitor of the demo choose which made-up person of a simulated company to be. It is put to
// work by the demo alone: a server that reads a real configuration has no Choice, and nothing of a request makes one.
//
// An example: the visitor chooses amara and the browser sends the cookie from then on.
//
//	c.VisitorOf(r, everybody) // the login amara@cloud.example, who may look and has amara's duties
package persona
