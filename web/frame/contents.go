package frame

import (
	"html/template"

	"jerem/web/format"
)

// Section is an entry of a page's contents: a section by the id of its heading, and its figure in a few words; "" where
// it tells none.
type Section struct{ ID, Name, Said string }

// fewSections is up to how many sections a page lists no contents: all are near.
const fewSections = 2

// NewContents lists the sections of a page, those without a name left out; none where there are few.
func NewContents(sections ...Section) []Section {
	var out []Section
	for _, one := range sections {
		if one.Name != "" {
			out = append(out, one)
		}
	}
	if len(out) <= fewSections {
		return nil
	}
	return out
}

// SectionIf is a section that a page has where something is there.
func SectionIf(there bool, id, name, said string) Section {
	if !there {
		return Section{}
	}
	return Section{ID: id, Name: name, Said: said}
}

// Folded is a text whose second part a phone shows when it is asked for; what is wider shows both.
func Folded(first, more template.HTML) template.HTML {
	if more == "" {
		return first
	}
	return first + "<span>" + more +
		`</span> <details class="fold"><summary><span>more</span><span>less</span></summary></details>`
}

// Sign is the shape of a verdict before its word in a sentence, in its colour.
func Sign(v format.Verdict) string {
	return `<svg class="sign ` + v.Class + `" aria-hidden="true"><use href="#i-` + v.Sign + `"/></svg>`
}
