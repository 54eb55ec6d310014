package world

import (
	"fmt"
	"slices"
	"strings"

	"jerem/sim/world/wording"
)

// A title is drawn twice: what it is about is drawn from the company's days, so that one seed goes on making the same
// days whatever the words are, and the words that tell it are chosen after, by the nature, the epic or the type that
// the ticket has. drawn holds what was drawn, titles what was said.

// drawTitle draws a subject that no other ticket has.
func (g *generator) drawTitle(subject func() string) string {
	for range 8 {
		if s := subject(); !g.drawn[s] {
			g.drawn[s] = true
			return s
		}
	}
	s := subject() + " " + pickOne(g, wording.Places)
	for g.drawn[s] {
		s += "+"
	}
	g.drawn[s] = true
	return s
}

// pickText returns the first of the texts that no other ticket has, and notes it.
func (g *generator) pickText(texts ...string) string {
	for _, t := range texts {
		if !g.titles[t] {
			g.titles[t] = true
			return t
		}
	}
	last := texts[len(texts)-1]
	for n := 2; ; n++ {
		if t := fmt.Sprintf("%s, part %d", last, n); !g.titles[t] {
			g.titles[t] = true
			return t
		}
	}
}

// workTitle is the title of a story of a theme.
func workTitle(g *generator, th wording.Theme) (title, part string) {
	var deed string
	g.drawTitle(func() string {
		deed, part = pickOne(g, wording.Deeds), pickOne(g, th.Parts)
		return th.Name + deed + part
	})
	title = th.Name + ": " + strings.Replace(deed, "X", part, 1)
	return g.pickText(title, title+" in "+pickPlace(g)), part
}

// rewordedWork is the title of a ticket of a type that comes under a theme later.
func rewordedWork(g *generator, typ string, th wording.Theme) (title, part string) {
	list := wording.Deeds
	if typ == "Bug" {
		list = wording.Defects
	}
	part = th.Parts[g.words.IntN(len(th.Parts))]
	var texts []string
	for range 12 {
		texts = append(texts, th.Name+": "+strings.Replace(list[g.words.IntN(len(list))], "X", part, 1))
	}
	return g.pickText(texts...), part
}

// choreTitle draws what is done outside epics and returns how a type tells it.
func choreTitle(g *generator, v *wording.Vocabulary) func(typ string) string {
	var n int
	var part string
	g.drawTitle(func() string {
		n, part = g.rand.IntN(len(wording.Chores)), pickOne(g, pickOne(g, v.Themes).Parts)
		return wording.Chores[n] + part
	})
	return func(typ string) string {
		list := wording.Chores
		if typ == "Bug" {
			list = wording.Defects
		}
		text := strings.Replace(list[n], "X", part, 1)
		return g.pickText(text, text+" in "+pickPlace(g))
	}
}

// rewordedChore is the title of a ticket that leaves its epic.
func rewordedChore(g *generator, t *ticket) string {
	list := wording.Chores
	if t.typ == "Bug" {
		list = wording.Defects
	}
	themes := t.crew.names.Themes
	var texts []string
	for range 12 {
		parts := themes[g.words.IntN(len(themes))].Parts
		texts = append(texts, strings.Replace(list[g.words.IntN(len(list))], "X", parts[g.words.IntN(len(parts))], 1))
	}
	return g.pickText(texts...)
}

// impedimentTitle draws an impediment and tells it by its nature.
func impedimentTitle(g *generator, v *wording.Vocabulary, kind, nature string) string {
	var n int
	var place string
	g.drawTitle(func() string {
		n, place = g.rand.IntN(v.Drawn), pickOne(g, wording.Places)
		return fmt.Sprint(v.Themes[0].Name, kind, n, place)
	})
	list := v.Troubles[nature]
	texts := []string{list[n%len(list)] + " in " + place}
	for range 12 {
		texts = append(texts, list[g.words.IntN(len(list))]+" in "+pickPlace(g))
	}
	return g.pickText(append(texts, texts[0]+", zone "+string(rune('A'+g.words.IntN(3))))...)
}

func pickPlace(g *generator) string { return wording.Places[g.words.IntN(len(wording.Places))] }

// sprintGoal says what the most of a sprint's work under epics of its team is for, and which theme that is; without
// such work it is upkeep.
func sprintGoal(g *generator, s *sprint) (goal string, th wording.Theme) {
	weight := map[string]float64{}
	parts := map[string][]string{}
	themes := map[string]wording.Theme{}
	for _, t := range g.world.tickets {
		name := t.theme.Name
		own := slices.ContainsFunc(s.crew.names.Themes, func(th wording.Theme) bool { return th.Name == name })
		if t.sprint != s || t.gone || !own {
			continue
		}
		weight[name] += t.left
		themes[name] = t.theme
		if !slices.Contains(parts[name], t.part) {
			parts[name] = append(parts[name], t.part)
		}
	}
	best := ""
	for name, w := range weight {
		if best == "" || w > weight[best] || w == weight[best] && name < best {
			best = name
		}
	}
	if best == "" {
		return "Upkeep, and what the last sprint left", wording.Theme{}
	}
	subject := parts[best][0]
	if len(parts[best]) > 1 {
		subject += " and " + parts[best][1]
	}
	forms := []string{"%s: %s ready for customers", "%s: %s in production", "%s: %s shown to the first customers",
		"%s: %s complete"}
	return fmt.Sprintf(forms[g.words.IntN(len(forms))], best, subject), themes[best]
}

// epicTitle is the title of an epic: the theme, and which step of it where it comes again.
func epicTitle(g *generator, th wording.Theme) string {
	if !g.titles[th.Name] {
		return g.pickText(th.Name)
	}
	return g.pickText(th.Name+", second step", th.Name+", third step", th.Name+", fourth step")
}
