package oncall

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"jerem/oncall"
	"jerem/oncall/roster"
	"jerem/problem"
	"jerem/web/format"
)

// The kinds of problems.
const (
	Invalid    problem.Code = "oncall.invalid"
	Forbidden  problem.Code = "oncall.forbidden"
	NotFound   problem.Code = "oncall.not_found"
	Conflict   problem.Code = "oncall.conflict"
	TooLarge   problem.Code = "oncall.too_large"
	BadSecret  problem.Code = "oncall.bad_secret"
	Unreadable problem.Code = "oncall.unreadable"
)

// problemOf makes a problem of an error: of a refusal with the status of its kind.
func (a *API) problemOf(r *http.Request, err error) *problem.Problem {
	var known *problem.Problem
	if errors.As(err, &known) && known.Code.Room() != "store" {
		return known
	}
	refusal := roster.RefusalOf(err)
	if refusal == nil {
		a.logUnreadable(r, err)
		return a.storeUnreadable(err)
	}
	out := &problem.Problem{Message: refusal.Message, Hint: refusal.Hint}
	switch refusal.Kind {
	case oncall.Forbidden:
		out.Code, out.Status = Forbidden, http.StatusForbidden
	case oncall.NotFound:
		out.Code, out.Status = NotFound, http.StatusNotFound
	case oncall.Conflict:
		out.Code, out.Status = Conflict, http.StatusConflict
	default:
		out.Code, out.Status = Invalid, http.StatusBadRequest
	}
	return out
}

func invalidRequest(message, hint string) *problem.Problem {
	return &problem.Problem{Code: Invalid, Status: http.StatusBadRequest, Message: message, Hint: hint}
}

func notFound(message, hint string) *problem.Problem {
	return &problem.Problem{Code: NotFound, Status: http.StatusNotFound, Message: message, Hint: hint}
}

// storeUnreadable tells that what on-call keeps cannot be read or written, where that is and what to do.
func (a *API) storeUnreadable(err error) *problem.Problem {
	out := &problem.Problem{Code: Unreadable, Status: http.StatusServiceUnavailable, Cause: err,
		Message: "on-call cannot be read or kept now",
		Hint:    "The log of the server tells why; nothing was changed."}
	if a.Place == "" {
		return out
	}
	out.Message += ", in " + a.Place
	if kept := problem.Of(err, "store"); kept != nil { // its message names the place, and then what is the matter
		_, why, _ := strings.Cut(kept.Message, a.Place+": ")
		out.Message += ": " + why
		out.Hint = "Nothing was changed. For whoever runs this server: " + kept.Hint + " No restart is needed."
		return out
	}
	out.Hint += " Have whoever runs it see that " + a.Place + " can be read and written, or put it back from a " +
		"backup; no restart is needed."
	return out
}

// logUnreadable tells the log why on-call cannot be read or kept: once a minute where the reason is the same, however
// many sources and visitors ask.
func (a *API) logUnreadable(r *http.Request, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	text, now := format.OneLine(err.Error()), a.Now()
	a.told.Lock()
	defer a.told.Unlock()
	if text == a.told.text && now.Sub(a.told.at).Abs() < time.Minute {
		return
	}
	a.told.text, a.told.at = text, now
	a.Log.Error("on-call cannot be read or kept", "path", format.OneLine(r.URL.Path), "place", a.Place, "error", text)
}
