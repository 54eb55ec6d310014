package dutypages

import "net/http"

// personsChoice is the form of the demo by which a visitor chooses who to be.
type personsChoice struct {
	Now    string // who the visitor is, "" for nobody
	Groups []personsGroup
}

// personsGroup are the made-up people of a team.
type personsGroup struct {
	Name  string
	Items []personsItem
}

// personsItem is one of them.
type personsItem struct {
	Login, Name string
	IsChosen    bool
}

// personsToChoose is whom a visitor may choose to be; nil outside the demo.
func personsToChoose(v *visit) *personsChoice {
	persons := v.pages.Persons
	if len(persons) == 0 {
		return nil
	}
	out := &personsChoice{}
	chosen, _ := persons.Chosen(v.Request)
	out.Now = chosen.Name
	for _, p := range persons {
		if n := len(out.Groups); n == 0 || out.Groups[n-1].Name != p.Group {
			out.Groups = append(out.Groups, personsGroup{Name: p.Group})
		}
		g := &out.Groups[len(out.Groups)-1]
		g.Items = append(g.Items, personsItem{p.Login, p.Name, p.Login == chosen.Login})
	}
	return out
}

// choosePerson has the visitor of the demo be somebody from now on.
func choosePerson(w http.ResponseWriter, v *visit) error {
	if len(v.pages.Persons) == 0 {
		v.pages.Tell(w, v.Request, noPage())
		return nil
	}
	home := v.pages.Persons.Set(w, v.PostFormValue("person"), v.pages.Base)
	if home == "" {
		home = Home
	}
	return v.redirect(w, home)
}
