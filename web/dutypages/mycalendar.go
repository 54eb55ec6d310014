package dutypages

import (
	"cmp"
	"fmt"
	"net/http"

	"jerem/oncall"
	"jerem/oncall/roster"
)

// changeCalendar makes, renews or revokes the address of a person's own calendar.
func changeCalendar(w http.ResponseWriter, v *visit) error {
	p, now, handle := v.pages, v.view.Now, v.who.Handle
	switch act := v.PostFormValue("act"); act {
	case "make":
		secret := newSecret()
		if err := p.Calendars.KeepCalendarSecret(v.Context(), handle, hashOfSecret(secret), now); err != nil {
			return err
		}
		if err := v.recordAct("calendar address made"); err != nil {
			return err
		}
		body := myBody{Told: "Your calendar has a new address. One that it had before opens nothing any more.",
			Feed: CalendarPrefix + secret + ".ics"}
		body.Address = cmp.Or(p.URL, p.Base) + body.Feed
		return v.showMyBody(w, body)
	case "revoke":
		if err := p.Calendars.RevokeCalendarSecret(v.Context(), handle, now); err != nil {
			return err
		}
		if err := v.recordAct("calendar address revoked"); err != nil {
			return err
		}
		return v.redirect(w, myPage+"?done=revoked")
	default:
		return &oncall.Refusal{Kind: oncall.Invalid, Message: fmt.Sprintf("%.40q is nothing to do to a calendar", act),
			Hint: "Press one of the buttons on the page: act is make or revoke."}
	}
}

// recordAct writes a line of the journal about who visits.
func (v *visit) recordAct(what string) error {
	return v.pages.Roster.Decide(v.Context(), v.view.Now, func(*roster.View) (roster.Writes, error) {
		return roster.Writes{Journal: []roster.Entry{{At: v.view.Now, Who: v.who.Login, What: what,
			Source: v.who.Source, Args: v.who.Handle}}}, nil
	})
}
