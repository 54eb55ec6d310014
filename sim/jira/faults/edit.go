package faults

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"jerem/sim/jira/sitedata"
	"jerem/sim/jira/wire"
)

// Edit rewrites an answer and returns what is answered instead.
type Edit func(r *http.Request, answer any) any

// Edits does several edits one after another.
func Edits(list ...Edit) Edit {
	return func(r *http.Request, answer any) any {
		for _, e := range list {
			answer = e(r, answer)
		}
		return answer
	}
}

// listNames are the properties under which answers hold their lists.
var listNames = []string{"values", "issues", "worklogs", "issueChangeLogs", "histories"}

// EditList rewrites the lists of an answer, wherever they stand in it at the top: a bare list, or the list of a page.
// The totals and the tokens of pages stay as they are.
func EditList(change func([]any) []any) Edit {
	return func(_ *http.Request, answer any) any {
		if l, ok := answer.([]any); ok {
			return change(l)
		}
		o, ok := answer.(wire.Obj)
		if !ok {
			return answer
		}
		for _, name := range listNames {
			if l, ok := o[name].([]any); ok {
				o[name] = change(l)
			}
		}
		return answer
	}
}

// Emptied answers with no entry at all and says that this is everything, as for an account that lost its right.
func Emptied(r *http.Request, answer any) any {
	answer = EditList(func([]any) []any { return []any{} })(r, answer)
	return lastPage(answer)
}

// Shrunk answers with the first n entries and says that these are all.
func Shrunk(n int) Edit {
	return func(r *http.Request, answer any) any {
		answer = EditList(func(l []any) []any { return l[:min(n, len(l))] })(r, answer)
		return lastPage(answer)
	}
}

// lastPage makes a page the only one.
func lastPage(answer any) any {
	o, ok := answer.(wire.Obj)
	if !ok {
		return answer
	}
	for _, name := range []string{"isLast", "lastPage"} {
		if o[name] != nil {
			o[name] = true
		}
	}
	delete(o, "nextPageToken")
	delete(o, "nextPage")
	if o["total"] != nil {
		for _, name := range listNames {
			if l, ok := o[name].([]any); ok {
				o["total"] = len(l)
			}
		}
	}
	return o
}

// Doubled tells every entry twice.
func Doubled(r *http.Request, answer any) any {
	return EditList(func(l []any) []any {
		out := []any{}
		for _, x := range l {
			out = append(out, x, x)
		}
		return out
	})(r, answer)
}

// Without leaves out the entries for which drop holds. The answer says nothing of it.
func Without(drop func(entry map[string]any) bool) Edit {
	return EditList(func(l []any) []any {
		return slices.DeleteFunc(l, func(x any) bool {
			o, ok := x.(wire.Obj)
			return ok && drop(o)
		})
	})
}

// WithoutID leaves out the entries of these ids: issues that are listed and never sent, boards, sprints.
func WithoutID(ids ...int64) Edit {
	return Without(func(entry map[string]any) bool { return slices.Contains(ids, wire.Number(entry["id"])) })
}

// Rewritten changes every entry of the lists in place.
func Rewritten(change func(entry map[string]any)) Edit {
	return EditList(func(l []any) []any {
		for _, x := range l {
			if o, ok := x.(wire.Obj); ok {
				change(o)
			}
		}
		return l
	})
}

// IssueField gives a field of one issue another value, of any shape. It fits lists of issues and single ones.
func IssueField(id int64, field string, value any) Edit {
	set := func(entry map[string]any) {
		if fields, ok := entry["fields"].(wire.Obj); ok && wire.Number(entry["id"]) == id {
			fields[field] = value
		}
	}
	return func(r *http.Request, answer any) any {
		if o, ok := answer.(wire.Obj); ok {
			set(o)
		}
		return Rewritten(set)(r, answer)
	}
}

// WithoutChanges leaves out changes of histories, in every place where Jira tells them: changelog/bulkfetch, the
// changelog of one issue and the one inside an issue. drop is asked for each entry of a history and each item of it;
// an entry that loses its last item goes.
func WithoutChanges(drop func(issue int64, entry, item map[string]any) bool) Edit {
	return func(r *http.Request, answer any) any {
		o, ok := answer.(wire.Obj)
		if !ok {
			return answer
		}
		for _, name := range []string{"issueChangeLogs", "issues"} {
			for _, x := range wire.List(o[name]) {
				thinIssue(x, drop)
			}
		}
		thinIssue(o, drop)
		if entries, ok := o["values"].([]any); ok { // of issue/{id}/changelog
			o["values"] = thinEntries(pathIssue(r), entries, drop)
		}
		return answer
	}
}

// pathIssue is the id in /issue/{id}/changelog; 0 where a key stands there.
func pathIssue(r *http.Request) int64 { return wire.Number(r.PathValue("idOrKey")) }

func thinIssue(x any, drop func(issue int64, entry, item map[string]any) bool) {
	o, ok := x.(wire.Obj)
	if !ok {
		return
	}
	if entries, ok := o["changeHistories"].([]any); ok {
		o["changeHistories"] = thinEntries(wire.Number(o["issueId"]), entries, drop)
	}
	if log, ok := o["changelog"].(wire.Obj); ok {
		log["histories"] = thinEntries(wire.Number(o["id"]), wire.List(log["histories"]), drop)
		log["total"] = len(wire.List(log["histories"]))
	}
}

func thinEntries(issue int64, entries []any, drop func(issue int64, entry, item map[string]any) bool) []any {
	out := []any{}
	for _, x := range entries {
		entry, _ := x.(wire.Obj)
		items := slices.DeleteFunc(wire.List(entry["items"]), func(i any) bool {
			item, _ := i.(wire.Obj)
			return drop(issue, entry, item)
		})
		if len(items) > 0 {
			entry["items"] = items
			out = append(out, entry)
		}
	}
	return out
}

// MoreFields puts n fields of a kind of FORMAT.md ("number", "select", …) before the others of the list of fields.
func MoreFields(n int, kind string) Edit {
	return func(_ *http.Request, answer any) any {
		l, ok := answer.([]any)
		if !ok {
			return answer
		}
		var more []any
		for i := range n {
			id := "customfield_" + strconv.Itoa(20000+i)
			more = append(more, sitedata.FieldJSON(id, fmt.Sprintf("Field %d", i), true, sitedata.FieldKinds[kind]))
		}
		return append(more, l...)
	}
}

// FieldNamed calls a field of the list of fields otherwise, as in a Jira of another language: what it was called stands
// in untranslatedName.
func FieldNamed(was, now string) Edit {
	return Rewritten(func(entry map[string]any) {
		if entry["name"] == was {
			entry["name"], entry["untranslatedName"] = now, was
		}
	})
}

// EditAnswer lets a fault rewrite a value that is about to be answered to a request. startAt is what an endless list
// was asked for.
func (f *Fault) EditAnswer(r *http.Request, startAt string, v any) any {
	if f == nil || f.Edit == nil && !f.Endless {
		return v
	}
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // it is about to be written as JSON
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.UseNumber()
	var answer any
	if err := dec.Decode(&answer); err != nil {
		panic(err)
	}
	if f.Endless {
		answer = endlessPage(r, startAt, answer)
	}
	if f.Edit != nil {
		answer = f.Edit(r, answer)
	}
	return answer
}
