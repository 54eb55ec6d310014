// Package httpanswer tells whether an answer of status 2xx is what was asked for, or what stands in its place: a proxy
// whose login has ended, a captive portal or a site that moved answers 200 with a page, and a webhook may tell in a 200
// that nothing was delivered. Who posts something and believes the status alone notes as delivered what nobody has.
//
// The words:
//
//	page     a text for browsers: HTML, whatever type its header tells
//	failure  JSON that says in its own words that nothing was done: {"ok":false}, {"error":"login required"}
//
// Each room that posts asks with its own rule of what success is:
//
//	switch {
//	case httpanswer.IsPage(body):       // <!DOCTYPE html><title>Log in</title>
//	case httpanswer.TellsFailure(body): // {"success":false}
//	}
package httpanswer
