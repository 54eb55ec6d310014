package web

type roadmapPages struct{ teams *Source }
