package jirasim

import "testing"

func TestUnknownPath(t *testing.T) {
	c := newClient(t, first(t), Options{})
	c.refused(404, "", "/rest/api/3/nothing")
	c.refused(404, "", "/rest/api/4/myself")
	c.refused(404, "", "/")
}
