// Package verify tells what is worth knowing of the section on call before it is used: what contradicts the past, what
// nobody covers, turns that are cut short, people who cannot be told anything, and all warnings of the weeks ahead.
//
// The way through it: File makes the findings of a view, errors first. Two commands show them, `jerem oncall check` and
// `jerem check`. A finding with IsError means that the file must be mended: rotas of one team and level that cover the
// same moment, and lines that contradict what has begun. Everything else is allowed.
//
// An example. A rota of two people in Paris covers nights and weekends:
//
//	for _, f := range verify.File(view, conf.Oncall.LineOf) {
//		fmt.Println(f.Subject(), f.Text)
//	}
//	// rota k8s: nobody covers Mon-Fri 09:00-18:00 of a week
//	// rota k8s: k8s has 2 people, fewer than 5
package verify
