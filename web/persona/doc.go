// Package persona lets a visitor of the demo choose which made-up person of a simulated company to be. It is put to
// work by the demo alone: a server that reads a real configuration has no Choice, and nothing of a request makes one.
//
// A [Person] has a login, roles and a home: the page that shows why one would be that person. The choice is kept in a
// cookie of the browser, which is no secret, for everybody may be everybody. A login that is not in the list is nobody.
//
// An example: the visitor chooses amara, who is on duty, and the browser sends the cookie from then on.
//
//	home := choice.Set(w, "amara@cloud.example", base) // the page of her duties
//	v := choice.VisitorOf(r, everybody)               // her login and roles, with the teams that everybody sees
package persona
