package persona

import (
	"net/http"
	"slices"

	"jerem/access/rules"
)

// Person is somebody whom a visitor may choose to be.
type Person struct {
	Login string
	Name  string // as the list shows it
	Group string // under which it stands in the list: a team
	Roles []rules.Role
	Home  string // where the choice leads
}

// Choice is whom a visitor may choose to be, in the order of the list.
type Choice []Person

// Cookie is the name of the cookie that holds the login of who was chosen. It is no secret: everybody may be everybody.
const Cookie = "jerem_demo_person"

// VisitorOf returns the visitor that a request was chosen to be, else the one that asks. A nil Choice changes nobody.
func (c Choice) VisitorOf(r *http.Request, asks rules.Visitor) rules.Visitor {
	p, ok := c.Chosen(r)
	if !ok {
		return asks
	}
	return rules.Visitor{Login: p.Login, Roles: p.Roles, Teams: asks.Teams}
}

// Chosen returns whom a request was chosen to be; false for nobody.
func (c Choice) Chosen(r *http.Request) (Person, bool) {
	cookie, err := r.Cookie(Cookie)
	if err != nil {
		return Person{}, false
	}
	return c.byLogin(cookie.Value)
}

func (c Choice) byLogin(login string) (Person, bool) {
	i := slices.IndexFunc(c, func(p Person) bool { return p.Login == login })
	if i < 0 {
		return Person{}, false
	}
	return c[i], true
}

// Set has the browser of a visitor be somebody from now on, and returns where that leads; an unknown login is nobody.
func (c Choice) Set(w http.ResponseWriter, login, base string) (home string) {
	p, ok := c.byLogin(login)
	cookie := &http.Cookie{Name: Cookie, Value: p.Login, Path: base + "/", HttpOnly: true,
		SameSite: http.SameSiteLaxMode}
	if !ok {
		cookie.MaxAge = -1
	}
	http.SetCookie(w, cookie)
	return p.Home
}
