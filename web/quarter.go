package web

import (
	"net/http"

	"jerem/measure"
)

func (s *Server) apiQuarters(r *http.Request) (any, error) {
	team, at, err := s.asked(r)
	if err != nil {
		return nil, err
	}
	return team.Quarters(at), nil
}

func (s *Server) apiQuarter(r *http.Request) (any, error) {
	team, at, err := s.asked(r)
	if err != nil {
		return nil, err
	}
	name, err := quarterOf(r.PathValue("quarter"))
	if err != nil {
		return nil, err
	}
	return team.Quarter(name, at), nil
}

// quarterOf reads the name of a quarter.
func quarterOf(text string) (measure.QuarterName, error) {
	name, ok := measure.ParseQuarter(text)
	if !ok {
		return name, problem(http.StatusNotFound, "unknown_quarter", "A quarter is named like Q4-26.", "%q is not the name of a quarter", text)
	}
	return name, nil
}
