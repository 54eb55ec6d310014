package translate

import (
	"slices"
	"strconv"

	"jerem/agile"
	"jerem/jira/document"
)

// Version counts the corrections of the translation. What is kept was derived by an older one where
// another number stands beside it, and is to be derived again.
const Version = 5

// Translated is a document in the words of package agile.
type Translated struct {
	Issue       *agile.Issue
	StatusNames []StatusName
	// VersionNames are the latest names that the document tells of versions, by id.
	VersionNames map[string]string
}

// Document rebuilds the past of an issue from the raw form of its document: each field is rewound from its present
// value through its changes. It needs nothing but the document and the types of the site, by id, so what is kept can be
// translated again. A type that is none of them is an ordinary one.
func Document(raw []byte, types map[string]agile.Type) (Translated, error) {
	content, err := document.Parse(raw)
	if err != nil {
		return Translated{}, err
	}
	return Content(content, types), nil
}

// Content does the same for a document that has just been read.
func Content(content document.Content, types map[string]agile.Type) Translated {
	t := &translator{source: newSource(content), types: types, broken: agile.Joints{}}
	book := newStatusBook(t.source)
	issue := t.buildIssue(book)
	names := versionNames(t.source, agile.FieldFixVersions)
	return Translated{Issue: issue, StatusNames: book.allNames(), VersionNames: names}
}

// translator makes an issue of one document, field by field, and counts the joints that do not fit.
type translator struct {
	source *source
	types  map[string]agile.Type // of the site, by id
	broken agile.Joints
}

func (t *translator) buildIssue(book *statusBook) *agile.Issue {
	s := t.source
	i := &agile.Issue{
		ID: s.content.ID, Created: s.created, Updated: agile.MomentOf(s.updated),
		Resolved:      agile.MomentOf(s.parseDate("resolutiondate")),
		Recategorized: agile.MomentOf(s.parseDate("statuscategorychangedate")),
		Relatives:     relativeKeys(s),
		Sprints:       agile.Constant(s.created, []int64(nil)),
		EpicLink:      agile.Constant(s.created, ""),
	}
	i.Key = rewindField(t, "key", agile.FieldKey, s.content.Key, textSides)
	i.Summary = rewindField(t, "summary", agile.FieldSummary, s.content.Fields["summary"].Text, textSides)
	i.Project = rewindField(t, "project", agile.FieldProject, s.firstID("project"), idSides)
	i.Type = rewindField(t, "issuetype", agile.FieldType, s.firstID("issuetype"), idSides)
	i.Status = t.rewindStatus(book)
	i.Resolution = t.rewindResolution()
	i.Labels = rewindField(t, "labels", agile.FieldLabels, s.currentLabels("labels"), labelSides)
	i.Parent = t.rewindParent()
	for _, id := range s.fieldIDs() {
		t.addCustomField(i, id)
	}
	i.Broken = t.broken
	return i
}

// addCustomField translates a field whose id differs from site to site, or an amount or options under any id.
func (t *translator) addCustomField(i *agile.Issue, id string) {
	v := t.source.content.Fields[id]
	hasChanges := len(t.source.changes[id]) > 0
	switch t.source.kindOf(id) {
	case document.KindSprint:
		i.Sprints = t.rewindSprints(id, i.Type)
	case document.KindEpicLink:
		if id != changesOfEpicLinks || !t.source.hasEpicLink() { // else they are among those of the link
			i.EpicLink = t.rewindEpicLink(id, v.Text)
		}
	case document.KindFlag:
		i.Flagged = rewindField(t, id, agile.FieldFlagged, len(v.Options) > 0, flagSides)
	case document.KindNumber, document.KindSeconds:
		if v.Number != nil || hasChanges {
			i.Numbers.Put(id, t.rewindNumber(id, v))
		}
	case document.KindOptions:
		if len(v.Options) > 0 || hasChanges {
			i.Options.Put(id, t.rewindOptions(id, v))
		}
	case document.KindTeam:
		if len(v.Options) > 0 || hasChanges {
			i.Options.Put(agile.FieldTeam, t.rewindTeam(id, v))
		}
	case document.KindLabels:
		if id != "labels" && (len(v.Options) > 0 || hasChanges) {
			i.Options.Put(id, rewindField(t, id, id, t.source.currentLabels(id), labelSides))
		}
	case document.KindParts:
		if len(v.Options) > 0 || hasChanges {
			t.addParts(i, id, v)
		}
	case document.KindText:
		if id == agile.FieldDue && (v.Text != "" || hasChanges) {
			i.Due = t.rewindDue(v)
		}
	}
}

// addBroken counts joints of a field that do not fit.
func (t *translator) addBroken(name string, n int) {
	if n != 0 {
		t.broken[name] += n
	}
}

// relativeKeys returns the keys of parents and epics by id, as the changes and the present parent tell them.
func relativeKeys(s *source) (keys agile.Relatives) {
	for _, c := range s.epicChanges() {
		for _, side := range [][2]string{{c.item.From, c.item.FromString}, {c.item.To, c.item.ToString}} {
			if id, err := strconv.ParseInt(side[0], 10, 64); err == nil && side[1] != "" {
				keys.Put(id, side[1])
			}
		}
	}
	parent := s.content.Fields["parent"]
	for _, id := range parent.IDs {
		if parent.Text != "" {
			keys.Put(id, parent.Text)
		}
	}
	return keys
}

// isSame compares values of any of our kinds; an empty list is the same as none.
func isSame[T any](a, b T) bool {
	switch x := any(a).(type) {
	case []int64:
		return slices.Equal(x, any(b).([]int64))
	case []string:
		return slices.Equal(x, any(b).([]string))
	}
	return any(a) == any(b)
}
