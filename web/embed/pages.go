package embed

import (
	"cmp"
	"embed"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"jerem/chart/inline"
	"jerem/ui"
	"jerem/web/format"
	"jerem/web/frame"
	"jerem/web/source"
)

//go:embed *.html
var files embed.FS

var (
	cardTemplate = frame.ParseBare(files, "card.html")
	wallTemplate = frame.ParseBare(files, "card.html", "wall.html")
)

// Pages are what other places show of a team's sprint.
type Pages struct {
	Teams *source.Teams
	// Sprint describes the page of a team's sprint.
	Sprint frame.Describe
}

// Card describes the card of a team's sprint, which the pages of others may frame.
func (s *Pages) Card(r *http.Request) (frame.View, error) {
	v, err := s.Sprint(r)
	if err != nil {
		return v, err
	}
	v.Template, v.Framed, v.OldSince = cardTemplate, true, s.oldSince(r, v.Team)
	return v, nil
}

// oldSince tells since when the readings of a team fail, "" where they do not. Why they do is left to the pages: a card
// and a badge stand where others read them.
func (s *Pages) oldSince(r *http.Request, team string) string {
	since := s.Teams.Readings(r.Context())[team].Behind
	known, err := s.Teams.Team(r.Context(), team)
	if since.IsZero() || err != nil {
		return "" // of a team that was never read the page of the problem tells
	}
	return format.WordsOf(known).Short(since)
}

// Badge describes a badge of a team's sprint: of what is done, unless another figure is asked for.
func (s *Pages) Badge(r *http.Request) (frame.View, error) {
	v, err := s.Sprint(r)
	switch {
	case err == nil:
	case s.Teams.ProblemOf(err).Status == http.StatusServiceUnavailable: // a page would be a broken picture
		return frame.View{SVG: inline.Badge(r.PathValue("team"), "not read yet", "b-none", ui.ChartStyle())}, nil
	default:
		return v, err
	}
	show := format.OrElse(r.URL.Query().Get("show"), "done")
	badges := v.Body.(frame.Badged).Badges()
	n := slices.IndexFunc(badges, func(b frame.Badge) bool { return b.Show == show })
	if n < 0 {
		names := ""
		for _, b := range badges {
			names += ", " + b.Show
		}
		return v, frame.NewProblem(http.StatusNotFound, "unknown_badge", "Ask for one of "+
			names[2:]+".", "there is no badge %q",
			format.OneLine(show))
	}
	b := badges[n]
	if since := s.oldSince(r, v.Team); since != "" {
		b.Value, b.Class = b.Value+", behind since "+since, "b-none"
	}
	return frame.View{SVG: inline.Badge(b.Label, b.Value, b.Class, ui.ChartStyle())}, nil
}

// The seconds that a wall shows a team for.
const (
	everyDefault = 30
	everyLeast   = 5
	everyMost    = 3600
)

// Wall describes the screen of a wall: the sprint of one team, and after a while the next one's.
func (s *Pages) Wall(r *http.Request) (frame.View, error) {
	every, show, err := readWall(r)
	if err != nil {
		return frame.View{}, err
	}
	if len(s.Teams.List) == 0 {
		return frame.View{}, frame.NoTeam()
	}
	show %= len(s.Teams.List)
	next, other := wallAddress(every, (show+1)%len(s.Teams.List)), wallAddress(0, show)
	if every == 0 { // it comes again, so that what it shows is of now
		next, other = wallAddress(0, show), wallAddress(everyDefault, show)
	}
	asked := r.Clone(r.Context())
	asked.URL.RawQuery = ""
	asked.SetPathValue("team", s.Teams.List[show].Name)
	v, err := s.Sprint(asked)
	if err != nil {
		name := s.Teams.List[show].Name
		v = frame.View{Title: name, Team: name, Body: frame.NewProblemBody(s.Teams.ProblemOf(err), nil, nil)}
	}
	v.OldSince = s.oldSince(r, v.Team)
	v.Template, v.NextPage, v.NextIn = wallTemplate, next, cmp.Or(every, everyDefault)
	v.Stays, v.Other = every == 0, other
	return v, nil
}

// wallAddress is that of a wall which shows a team first.
func wallAddress(every, show int) string {
	return "/wall?" + url.Values{"every": {strconv.Itoa(every)}, "show": {strconv.Itoa(show)}}.Encode()
}

// readWall reads how long a wall shows a team, 0 for one that stays, and the place of the one to show.
func readWall(r *http.Request) (every, show int, err error) {
	every = everyDefault
	query := r.URL.Query()
	if text := query.Get("every"); text != "" {
		if every, err = strconv.Atoi(text); err != nil || every != 0 && every < everyLeast || every > everyMost {
			return 0, 0, frame.NewProblem(http.StatusBadRequest, "bad_number",
				"Give whole seconds from 5 to 3600, as in every=30, or 0 to stay.", "every=%q is no such number",
				format.OneLine(text))
		}
	}
	if text := query.Get("show"); text != "" {
		if show, err = strconv.Atoi(text); err != nil || show < 0 {
			return 0, 0, frame.NewProblem(http.StatusBadRequest, "bad_number",
				"Give the place of a team, 0 for the first one.", "show=%q is no such number", format.OneLine(text))
		}
	}
	return every, show, nil
}
