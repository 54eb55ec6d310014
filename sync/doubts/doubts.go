// Package doubts is what Jira tells less of than is known: a code with its arguments, kept as such and worded where it
// is told.
//
// What is doubted stays as it was known, and the team is behind by it, until a later reading tells the same. A doubt is
// a problem of the code [Doubted], whose arguments say which doubt it is and of what:
//
//	d := doubts.New(doubts.SprintGone, 7)
//	d.Message                              // "sprint 7 is not there any more: it is kept until the next reading …"
//	kept := doubts.Encode(problem.List{d}) // [{"code":"sync.doubted","args":{"1":"7","doubt":"sprint_gone"}, …}]
//	doubts.Decode(kept).Words("K8S")       // the sentence again
//
// A refusal by which something is doubted keeps the words in which it was found, for they are Jira's:
// [Refused] holds them as an argument. What older versions kept is a sentence without arguments, and is told as it
// stands.
package doubts

import (
	"fmt"
	"maps"
	"strings"

	"jerem/problem"
)

// Doubted is the code of what Jira tells less of than is known: what was known is kept.
const Doubted problem.Code = "sync.doubted"

// Code is a kind of doubt.
type Code string

// The doubts, each with its arguments.
const (
	Fields     Code = "fields"      // the list of fields is refused
	FieldGone  Code = "field_gone"  // a field is not listed: its name
	Statuses   Code = "statuses"    // the list of statuses is refused
	NoStatuses Code = "no_statuses" // it is empty
	Category   Code = "category"    // a status has no category: its name
	Types      Code = "types"       // the list of issue types is refused
	NoTypes    Code = "no_types"    // it is empty
	Level      Code = "level"       // an issue type is of another level: its name
	TimeZone   Code = "time_zone"   // the time zone of the account is not known here
	Versions   Code = "versions"    // the list of versions is refused

	Board         Code = "board"          // the board is refused
	BoardUnlisted Code = "board_unlisted" // it is not listed for the project, and answers: its id
	BoardGone     Code = "board_gone"     // it is not listed and does not answer: its id
	BoardColumns  Code = "board_columns"  // it maps no status

	BoardSprints    Code = "board_sprints"    // the sprints of a board are refused: its id
	SprintsUnlisted Code = "sprints_unlisted" // the board lists none
	Sprint          Code = "sprint"           // a sprint is refused: its id
	SprintGone      Code = "sprint_gone"      // it is not there: its id
	SprintDate      Code = "sprint_date"      // a date of it is not told: Jira's name of the date, the sprint's id

	IssuesUnlisted  Code = "issues_unlisted"  // issues are not listed: how many, of how many known
	FilterCollapsed Code = "filter_collapsed" // a query matches far fewer issues: its key, how many, how many before
	Worklogs        Code = "worklogs"         // time logged is refused
	WorklogsGone    Code = "worklogs_gone"    // it is not told, and nothing confirms that it is gone: how many issues
)

// sentences are the words of doubts, with a place for each argument.
var sentences = map[Code]string{
	Fields:     "the list of fields",
	FieldGone:  "the field %s is not listed any more: what was known of it is kept",
	Statuses:   "the list of statuses",
	NoStatuses: "the list of statuses is empty: what was known is kept",
	Category:   "the status %s has no category any more: the one known is kept",
	Types:      "the list of issue types",
	NoTypes:    "the list of issue types is empty: what was known is kept",
	Level: "the issue type %s is of another level than before: the one known is kept until the next reading " +
		"says so too",
	TimeZone: "the account tells no time zone that is known here: the one before is kept",
	Versions: "the list of versions",

	Board:         "the board",
	BoardUnlisted: "board %s is not listed for the project any more, and is still there: it is kept",
	BoardGone:     "board %s is not listed any more: it is kept until the next reading says so too",
	BoardColumns:  "the board maps no status any more: its columns are kept until the next reading says so too",

	BoardSprints:    "the sprints of board %s",
	SprintsUnlisted: "the board lists no sprint any more: those known are kept",
	Sprint:          "sprint %s",
	SprintGone:      "sprint %s is not there any more: it is kept until the next reading says so too",
	SprintDate:      "%s of sprint %s is not told any more: it is kept until the next reading says so too",

	IssuesUnlisted: "of the project's issues are not listed any more: %s of %s. They are kept, for a permission may " +
		"be lost",
	FilterCollapsed: "the issues that %s matches fell to %s from %s: " +
		"those before are kept until the next reading says so too",
	Worklogs: "time logged",
	WorklogsGone: "of some issues logged time is not told any more, %s in all, and nothing confirms that it was " +
		"deleted: it is kept",
}

// The names of the arguments besides those of the doubt itself, which are counted from 1.
const (
	argDoubt = "doubt" // its code
	argWhy   = "why"   // the refusal by which it is, as it was found
)

// New makes a doubt of a code and its arguments.
func New(code Code, args ...any) *problem.Problem {
	p := &problem.Problem{Code: Doubted, Args: map[string]string{argDoubt: string(code)}}
	for n, arg := range args {
		p.Args[fmt.Sprint(n+1)] = fmt.Sprint(arg)
	}
	p.Message = doubtInWords(p.Args)
	return p
}

// Refused makes a doubt of what is refused; the refusal is its cause, which is not kept.
func Refused(why error, code Code, args ...any) *problem.Problem {
	p := New(code, args...)
	p.Args[argWhy], p.Cause = why.Error(), why
	p.Message = doubtInWords(p.Args)
	return p
}

// doubtInWords says a doubt in words; "" where its code is not known here, as that of a later version.
func doubtInWords(args map[string]string) string {
	sentence, known := sentences[Code(args[argDoubt])]
	if !known {
		return ""
	}
	var places []any
	for n := range strings.Count(sentence, "%s") {
		places = append(places, args[fmt.Sprint(n+1)])
	}
	text := fmt.Sprintf(sentence, places...)
	if why := args[argWhy]; why != "" {
		text += ": " + why
	}
	return text
}

// Encode writes doubts as they are kept, without words.
func Encode(list problem.List) string {
	out := make(problem.List, len(list))
	for n, p := range list {
		out[n] = &problem.Problem{Code: p.Code, Args: maps.Clone(p.Args)}
	}
	return out.Encode()
}

// Decode reads what a team's last reading failed by or what is doubted of it, and words the doubts.
func Decode(text string) problem.List {
	list := problem.Decode(text)
	for _, p := range list {
		if p.Code != Doubted || p.Args[argDoubt] == "" {
			continue
		}
		if p.Message = doubtInWords(p.Args); p.Message == "" {
			p.Message = "Jira tells less than is known: " + p.Args[argDoubt]
		}
	}
	return list
}
